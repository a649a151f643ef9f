import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './ui/tokens.css';
import './ui/base.css';

import { createRoot } from 'react-dom/client';
import { config } from 'zod';

import { App } from './shell/app.tsx';
import { refreshWhenMissed } from './shell/refresh-when-missed.ts';
import { reloadWhenReplaced } from './shell/reload-when-replaced.ts';
import { startTexts } from './shell/texts.ts';
import { shareNonce } from './ui/csp-nonce.ts';

// zod would compile its schemas with `new Function`, which the content security policy rightly refuses.
config({ jitless: true });
shareNonce();
startTexts();
reloadWhenReplaced();
refreshWhenMissed();

const root = document.querySelector('#root');
if (root !== null) createRoot(root).render(<App />);
