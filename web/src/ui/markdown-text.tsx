import './markdown-text.css';

import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { createContext, Fragment, type ReactNode, useContext } from 'react';

/**
 * Markdown as React elements, made from the tokens and never from HTML: what somebody wrote as HTML is shown as text,
 * and a link leads to the web, to an address of this site, or nowhere.
 */
export function MarkdownText({ text, lang, withAnchors = false, fileOf = noFile }: MarkdownTextProps) {
  return (
    <div className="k-markdown" lang={lang}>
      <AnchorContext value={withAnchors}>
        <FileContext value={fileOf}>
          <Parts tokens={lexer(text, { gfm: true })} />
        </FileContext>
      </AnchorContext>
    </div>
  );
}

/** A file of this site that a text names. */
interface NamedFile {
  readonly address: string;
  readonly isPicture: boolean;
}

interface MarkdownTextProps {
  readonly text: string;
  readonly lang: string;
  /** Headings carry their text as id; only for texts of the house, because strangers could take ids of the page. */
  readonly withAnchors?: boolean;
  /** Files beside the text, by what it calls them; pictures from anywhere else are links. */
  readonly fileOf?: (href: string) => NamedFile | undefined;
}

function noFile(): undefined {}

const AnchorContext = createContext(false);
const FileContext = createContext<(href: string) => NamedFile | undefined>(noFile);

function Parts({ tokens }: { readonly tokens: readonly Token[] | undefined }) {
  // Without extensions there are no other tokens. They have no identity; the text does not change on screen.
  return tokens?.map((token, index) => <Fragment key={index}>{elementOf(token as MarkedToken)}</Fragment>);
}

function elementOf(token: MarkedToken): ReactNode {
  switch (token.type) {
    case 'heading':
      return <Heading token={token} />;
    case 'paragraph':
      return <p>{inner(token)}</p>;
    case 'list':
      return <List token={token} />;
    case 'blockquote':
      return <blockquote>{inner(token)}</blockquote>;
    case 'code':
      // Scrollable, so it must be reachable with the keyboard.
      return <pre tabIndex={0}>{token.text}</pre>;
    case 'table':
      return <Table token={token} />;
    case 'hr':
      return <hr />;
    case 'br':
      return <br />;
    case 'strong':
      return <strong>{inner(token)}</strong>;
    case 'em':
      return <em>{inner(token)}</em>;
    case 'del':
      return <del>{inner(token)}</del>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'link':
      return <Link href={token.href}>{inner(token)}</Link>;
    case 'image':
      return <Picture href={token.href} text={token.text} />;
    case 'text':
      return 'tokens' in token && token.tokens !== undefined ? inner(token) : token.text;
    case 'space':
    case 'def':
      return null;
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

function inner(token: { readonly tokens?: readonly Token[] | undefined }): ReactNode {
  return <Parts tokens={token.tokens} />;
}

const levels = ['h2', 'h3', 'h4', 'h5', 'h6'] as const;

/** The page's own heading is the first level. */
function Heading({ token }: { readonly token: Tokens.Heading }) {
  const Level = levels[Math.min(token.depth, levels.length) - 1] ?? 'h6';
  const anchored = useContext(AnchorContext) ? { id: token.text, tabIndex: -1 } : {};
  return <Level {...anchored}>{inner(token)}</Level>;
}

function List({ token }: { readonly token: Tokens.List }) {
  const items = token.items.map((item, index) => <li key={index}>{inner(item)}</li>);
  return token.ordered ? <ol start={token.start === '' ? 1 : token.start}>{items}</ol> : <ul>{items}</ul>;
}

function Table({ token }: { readonly token: Tokens.Table }) {
  return (
    <div className="k-markdown-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {token.header.map((cell, index) => (
              <th key={index}>{inner(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{inner(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Picture({ href, text }: { readonly href: string; readonly text: string }) {
  const file = useContext(FileContext)(href);
  if (file?.isPicture !== true) return <Link href={href}>{text === '' ? href : text}</Link>;
  return <img src={file.address} alt={text} loading="lazy" />;
}

function Link({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const file = useContext(FileContext)(href);
  if (file !== undefined) return <a href={file.address}>{children}</a>;
  if (!/^(?:https?:\/\/|mailto:|\/(?!\/)|#)/i.test(href)) return <>{children}</>;
  return (
    <a href={href} rel="noreferrer noopener">
      {children}
    </a>
  );
}
