/** What the loader knows, as `name=value`: a name that is not here, or a value of another shape, is no setting. */
const KNOWN =
  /^(type=(init|update|destroy)$|(via|key|api|recordLocator|lastName|encryptedId|find|findLocator|findName|anchor|locale|attribution|reference|eventPrefix|dataLayer)=(?!(undefined|null)$).|where=(before|after|append|prepend|replace)$|heading=[1-6]$|(events|debug)=(true|false)$)/;

export type SettingName =
  | 'key'
  | 'api'
  | 'recordLocator'
  | 'lastName'
  | 'encryptedId'
  | 'find'
  | 'findLocator'
  | 'findName'
  | 'anchor'
  | 'where'
  | 'heading'
  | 'locale'
  | 'attribution'
  | 'reference'
  | 'events'
  | 'eventPrefix'
  | 'dataLayer'
  | 'debug';

/** All text, whoever wrote them: `data-` attributes hold nothing else. `type` and `via` belong to the entry. */
export type Settings = { [name in SettingName | 'type' | 'via']?: string };

/**
 * The settings among `given`, trimmed. A name without a value, such as a tag's variable that is not set, is left out;
 * a name that is unknown, or whose value cannot be meant, is told to `refuse`. `pnr` is read as `recordLocator`.
 */
export function readSettings(given: Record<string, unknown>, refuse: (name: string) => void): Settings {
  const settings: Record<string, string> = {};
  for (const name in given) {
    const text = (given[name] + '').trim();
    const known = name === 'pnr' ? 'recordLocator' : name;
    if (KNOWN.test(known + '=' + text)) settings[known] = text;
    else if (given[name]) refuse(name);
  }
  return settings;
}
