import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * Whose request it is: the socket's address, or, behind trusted proxies, the last address in X-Forwarded-For that is not one of
 * them. What a client wrote into the header itself stands further left and is never believed.
 * @param trusted addresses or CIDR ranges (DEPARTCART_TRUSTED_PROXIES)
 */
export function clientAddressReader(trusted: readonly string[]): (incoming: IncomingMessage) => string {
  const proxies = new BlockList();
  for (const entry of trusted) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(prefix), family);
  }
  const isProxy = (address: string) =>
    trusted.length > 0 && isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (incoming) => {
    let address = plain(incoming.socket.remoteAddress ?? '');
    if (!isProxy(address)) return address;
    const header = incoming.headers['x-forwarded-for'];
    const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((hop) => plain(hop.trim()));
    while (isProxy(address)) {
      const next = hops.pop();
      if (!next || isIP(next) === 0) break;
      address = next;
    }
    return address;
  };
}

/** A dual-stack socket writes IPv4 addresses as ::ffff:1.2.3.4. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
