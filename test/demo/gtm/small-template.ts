/** A template of the parts that a test is about. */
export interface Parts {
  code: string;
  /** `publicId` → parameters in the file's typed form. */
  permissions?: Record<string, Param[]>;
  fields?: object[];
  tests?: string;
}

interface Param {
  key: string;
  value: unknown;
}

export const text = (string: string) => ({ type: 1, string });
const flag = (boolean: boolean) => ({ type: 8, boolean });

export const scripts = (...patterns: string[]): Param[] => [
  { key: 'urls', value: { type: 2, listItem: patterns.map(text) } },
];

/** @param rights by path, such as `{ 'a.b': 'read write' }` */
export const globals = (rights: Record<string, string>): Param[] => {
  const listItem = Object.entries(rights).map(([key, allowed]) => ({
    type: 3,
    mapKey: ['key', 'read', 'write', 'execute'].map(text),
    mapValue: [text(key), ...['read', 'write', 'execute'].map((right) => flag(allowed.includes(right)))],
  }));
  return [{ key: 'keys', value: { type: 2, listItem } }];
};

/** The text of a template.tpl. Its code begins on line 17. */
export function smallTemplate({ code, permissions = {}, fields = [], tests = 'scenarios: []' }: Parts): string {
  const entries = Object.entries(permissions).map(([publicId, param]) => ({
    instance: { key: { publicId, versionId: '1' }, param },
  }));
  return `___INFO___

{
  "type": "TAG",
  "displayName": "Small",
  "containerContexts": ["WEB"]
}


___TEMPLATE_PARAMETERS___

${JSON.stringify(fields)}


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

${code}

___WEB_PERMISSIONS___

${JSON.stringify(entries)}

___TESTS___

${tests}

___NOTES___

None.
`;
}
