// Runs in the page, as part of the script that container.ts puts together, and in Node for a template's own tests. Hence
// plain JavaScript without imports, one `export` at the start of a line.

const LABELS = '[a-z0-9-]+(?:\\.[a-z0-9-]+)+';

/**
 * Whether Google Tag Manager loads a script from `url` under these `inject_script` patterns. They are tried in turn; one that
 * is no pattern ends the search. `loopback` is ours: http on this machine, and only for a pattern that equals the URL.
 * @param {string} url
 * @param {readonly string[]} patterns
 * @param {boolean} allowLoopback
 * @returns {'allowed' | 'loopback' | 'denied' | 'invalid-filter'}
 */
export function scriptUrl(url, patterns, allowLoopback) {
  if (allowLoopback && /^http:\/\/(localhost|127\.0\.0\.1):\d+\//.test(url) && patterns.includes(url))
    return 'loopback';
  const { protocol, port, hostname, pathname, search } = orElse({}, () => new URL(url))();
  if (protocol !== 'https:' || port !== '' || !new RegExp(`^${LABELS}$`).test(hostname)) return 'denied';
  for (const pattern of patterns) {
    const [, subdomains, host, path] = new RegExp(`^https://(\\*\\.)?(${LABELS})(/.*)$`, 'i').exec(pattern) ?? [];
    if (host === undefined) return 'invalid-filter';
    const parent = host.toLowerCase();
    const fits = hostname === parent || (subdomains && hostname.endsWith(`.${parent}`));
    if (fits && pathFits(path.replace(/\?$/, ''), pathname + search)) return 'allowed';
  }
  return 'denied';
}

function orElse(fallback, work) {
  return (...given) => {
    try {
      return work(...given);
    } catch {
      return fallback;
    }
  };
}

/** A final `*` takes the slash before it along: `/v1/*` fits `/v10/other.js`, too. */
function pathFits(pattern, path) {
  const open = pattern === '/' || pattern.endsWith('*');
  const stem = open ? pattern.replace(/\/?\*?$/, '') : pattern;
  const source = stem.replace(/[.*+?^${}()|[\]\\]/g, (sign) => (sign === '*' ? '.*' : `\\${sign}`));
  return new RegExp(`^${source}${open ? '' : '$'}`).test(path);
}

/**
 * A deep copy for the other side of the border. Functions become wrappers that copy what goes through them, `arguments`
 * objects become arrays; what is neither plain data nor a function (elements, instances of classes) does not get across.
 */
export function cross(value, seen = new Map()) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
  if (seen.has(value)) return seen.get(value);
  const isFunction = typeof value === 'function';
  const isList = Array.isArray(value) || Object.prototype.toString.call(value) === '[object Arguments]';
  const parent = Object.getPrototypeOf(value);
  const isPlain = parent === null || Object.getPrototypeOf(parent) === null;
  if (!isFunction && !isList && !isPlain) return undefined;
  const wrapper = (...given) => cross(value(...given.map((one) => cross(one))));
  const copy = isFunction ? wrapper : isList ? [] : {};
  seen.set(value, copy);
  for (const key of Object.keys(value)) setOwn(copy, key, cross(value[key], seen));
  return copy;
}

/** Sets an own property even where the key is `__proto__`. */
function setOwn(object, key, value) {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

const ARRAY_METHODS =
  'concat every filter forEach indexOf join lastIndexOf map pop push reduce reduceRight reverse shift slice some sort splice toString unshift hasOwnProperty';
const STRING_METHODS =
  'charAt concat indexOf lastIndexOf match replace search slice split substring toLowerCase toLocaleLowerCase toString toUpperCase toLocaleUpperCase trim';
const METHODS = {
  array: ARRAY_METHODS,
  string: STRING_METHODS,
  object: 'hasOwnProperty toString',
  number: 'toString',
  boolean: 'toString',
};

/** What compiled code does through these functions instead of by itself; see language.ts. */
export const operations = {
  /** Own properties and the methods that the sandbox has. There is no `constructor`, and no `includes` either. */
  get(object, key) {
    if (object === null || object === undefined) throw new TypeError(`Cannot read property ${key} of ${object}.`);
    const type = getType(object);
    if (key === 'length' && (type === 'array' || type === 'string')) return object.length;
    if (Object.prototype.propertyIsEnumerable.call(object, key)) return object[key];
    return METHODS[type]?.split(' ').includes(String(key)) ? object[key] : undefined;
  },
  set(object, key, value) {
    if (object === null || object === undefined) throw new TypeError(`Cannot set property ${key} of ${object}.`);
    if (typeof object === 'object' || typeof object === 'function') setOwn(object, String(key), value);
    return value;
  },
  change(object, key, next, givesOld) {
    const old = operations.get(object, key);
    const value = operations.set(object, key, next(old));
    return givesOld ? Number(old) : value;
  },
  call(object, key, given, name) {
    return Reflect.apply(mustRun(operations.get(object, key), name), object, given);
  },
  run: (found, given, name) => mustRun(found, name)(...given),
};

function mustRun(found, name) {
  if (typeof found !== 'function') throw new TypeError(`Attempting to execute non-function ${name}.`);
  return found;
}

function getType(value) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Each declared permission's own test, where it has one: throws Google Tag Manager's words. */
const RULES = {
  access_globals({ keys }, _host, mode, key) {
    const declared = keys.find((one) => one.key === key);
    for (const part of mode === 'readwrite' ? ['read', 'write'] : [mode]) {
      if (!declared?.[part]) throw new Error(`Prohibited ${part} on global variable: ${key}.`);
    }
  },
  inject_script({ urls }, { allowLoopback }, url) {
    const verdict = scriptUrl(url, urls, allowLoopback);
    if (verdict === 'invalid-filter') throw new Error('Invalid script URL filter.');
    if (verdict === 'denied') throw new Error(`Prohibited script URL: ${url}`);
  },
};

/**
 * The function `require` of one template: the APIs that this stand-in knows, each behind its permission.
 * @param {object} host `page`: the page's global object; `permissions`: the declared ones by `publicId`, their parameters as
 *   plain values; `preview`; `allowLoopback`; `inject(url, onSuccess, onFailure, cacheToken)`: loads a script
 */
export function createRequire(host) {
  const { page, permissions, preview, inject } = host;
  const check = (permission, ...asked) => {
    if (!permissions[permission]) throw new Error(`The requested permission ${permission} is not configured.`);
    RULES[permission]?.(permissions[permission], host, ...asked);
  };
  /** Where a global is: its parent, which may be missing, and its name there. */
  const locate = (mode, path) => {
    check('access_globals', mode, path);
    const names = path.split('.');
    const name = names.pop();
    return [names.reduce((at, one) => at?.[one], page), name];
  };
  const apis = {
    queryPermission: orElse(false, (...asked) => (check(...asked), true)),
    injectScript(url, onSuccess = () => {}, onFailure = () => {}, cacheToken) {
      check('inject_script', url);
      inject(url, onSuccess, onFailure, cacheToken);
    },
    createQueue(path) {
      const [parent, name] = locate('readwrite', path);
      const queue = (parent[name] ??= []);
      return (...values) => {
        if (typeof queue.push !== 'function') throw new Error(`Object at ${path} in window is not an array.`);
        return queue.push(...values.map((value) => cross(value)));
      };
    },
    copyFromWindow(path) {
      const [parent, name] = locate('read', path);
      return cross(parent?.[name]);
    },
    setInWindow(path, value, override = false) {
      const [parent, name] = locate('readwrite', path);
      if (parent === undefined || parent === null || (parent[name] !== undefined && override !== true)) return false;
      parent[name] = cross(value);
      return true;
    },
    callInWindow(path, ...given) {
      const [parent, name] = locate('execute', path);
      return typeof parent?.[name] === 'function' ? cross(parent[name](...given.map((one) => cross(one)))) : undefined;
    },
    logToConsole(...said) {
      check('logging');
      if (preview || permissions.logging.environments === 'all') page.console.log(...said.map((one) => cross(one)));
    },
    getContainerVersion() {
      check('read_container_data');
      return {
        containerId: 'GTM-STANDIN',
        version: '1',
        environmentName: '',
        debugMode: preview,
        previewMode: preview,
      };
    },
    getType,
    makeString: String,
    makeNumber: Number,
    makeInteger: (value) => Math.round(Number(value)) || 0,
    callLater: (work) => void page.setTimeout(work, 0),
    JSON: { parse: orElse(undefined, JSON.parse), stringify: (value) => JSON.stringify(value) },
    Object: { keys: Object.keys, values: Object.values, entries: Object.entries },
  };
  return (name) => {
    if (!Object.hasOwn(apis, name)) throw new Error(`${name} is not a valid API name.`);
    return apis[name];
  };
}
