/** GET /enums and GET /me (contract note §2.13, §2.14). */
import { activeBaseModels, baseModels, baseModelTypes, modelFileTypes, modelTypes } from '../catalogue/enumerations.ts';
import { type Answer, refusal, type Site, type SiteRequest } from './exchange.ts';

export function showEnums(): Answer {
  return {
    status: 200,
    body: {
      ModelType: modelTypes,
      ModelFileType: modelFileTypes,
      ActiveBaseModel: activeBaseModels,
      BaseModel: baseModels,
      BaseModelType: baseModelTypes,
    },
    cache: 'public',
  };
}

export function showMe(_site: Site, request: SiteRequest): Answer {
  const { account } = request;
  if (account === undefined) return refusal(401, 'Unauthorized');
  const tier = account.tier ?? 'free';
  return {
    status: 200,
    body: {
      id: account.id,
      username: account.username,
      tier,
      status: 'active',
      isMember: tier !== 'free',
      subscriptions: tier === 'free' ? [] : ['monthly'],
    },
    cache: 'none',
  };
}
