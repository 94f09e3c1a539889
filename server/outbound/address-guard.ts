import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OutboundError } from '../domain/ports/outbound.ts';

/**
 * Addresses that no configured URL may lead to: a partner's file names hosts, and a host may resolve into the operator's own
 * network (cloud metadata, databases, this server). Source: IANA special-purpose address registries, IPv4 and IPv6.
 */
const NEVER = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  NEVER.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  NEVER.addSubnet(net, prefix, 'ipv6');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Whether an outgoing call may go to this IP address. `loopback` is the demo's and the tests' exception. */
export function addressAllowed(address: string, loopback: boolean): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return addressAllowed(mapped, loopback);
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (loopback && LOOPBACK.check(address, family)) return true;
  return !NEVER.check(address, family);
}

/**
 * A resolver for outgoing sockets that refuses forbidden addresses at the moment of connecting, so that a name which answers
 * differently the second time (DNS rebinding) gains nothing.
 */
export function guardedLookup(loopback: boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 4);
      const allowed = found.filter(({ address }) => addressAllowed(address, loopback));
      const first = allowed[0];
      if (!first)
        return done(new OutboundError('refused_address', false, 'the host resolves to a private address'), '', 4);
      if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}
