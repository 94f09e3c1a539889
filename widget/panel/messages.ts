import type { Segment } from '../../server/wire/panel.ts';
import type { MoreSpeech, StateWords } from '../messages/message.ts';
import type { Notice, PanelState, Trouble } from '../state/panel-model.ts';
import type { IconName } from '../styles/icons.ts';
import type { Message } from '../styles/state-message.ts';

/**
 * The sentences of what ends by itself count down with it.
 * @param canFind a booking can be looked for by reference and name
 */
export function troubleMessage({ code, left }: Trouble, { more }: MoreSpeech, canFind = true): Message {
  const { states } = more;
  const seconds = left ?? 0;
  switch (code) {
    case 'booking_not_found':
      return { ...states.notFound, icon: 'search', tone: 'warn' };
    case 'invalid_request':
      return { ...states.find, icon: 'search', tone: '' };
    case 'link_not_valid':
      return { ...states.linkBroken(canFind), icon: 'search', tone: 'warn' };
    case 'gds_unavailable':
      return { ...states.airlineDown(seconds), icon: 'alert', tone: 'bad' };
    case 'too_many_requests':
      return { ...states.tooMany(seconds), icon: 'clock', tone: 'warn' };
    case 'session_over':
      return { ...states.sessionOver, icon: 'clock', tone: '' };
    case 'offline':
      return { ...states.offline, icon: 'off', tone: '' };
    case 'client_outdated':
      return { ...states.outdated, icon: 'clock', tone: '' };
    case 'origin_not_allowed':
    case 'key_unknown':
    case 'key_is_stripes':
    case 'brand_disabled':
    case 'gds_not_ready':
      return { ...states.notHere, icon: 'alert', tone: 'warn' };
    default:
      return { ...states.unreachable(seconds), icon: 'alert', tone: 'bad' };
  }
}

export function noMapMessage({ flight, operated_by, no_map }: Segment, { more }: MoreSpeech): Message {
  const reason = no_map ?? 'all_taken';
  return { ...more.states.noMap[reason](flight, operated_by), icon: reason === 'all_taken' ? 'seat' : 'map', tone: '' };
}

export function endMessage({ end, picks, kept }: PanelState, { more, sum }: MoreSpeech): Message {
  if (end === 'without') return { ...more.states.without, icon: 'check', tone: '' };
  return { ...more.states.kept(picks.length, sum(kept.total), kept.total === 0), icon: 'check', tone: 'good' };
}

export function noticeWords(notice: Notice, { more }: MoreSpeech): StateWords {
  switch (notice.kind) {
    case 'gone':
      return more.notices.gone(notice.designator);
    case 'refused':
      return more.notices.refused(notice.designator, more.card.reasons[notice.why ?? 'not_for_you']);
    case 'changed-elsewhere':
      return more.notices.changedElsewhere;
    case 'put-back':
      return more.notices.putBack;
  }
}

/** The line over the dock; null: nothing to say. What is in the way comes before what has happened. */
export function lineOf(
  { online, strain, notice }: PanelState,
  speech: MoreSpeech,
): (StateWords & { icon: IconName }) | null {
  if (!online) return { ...speech.more.notices.offline, icon: 'off' };
  if (strain) return { ...speech.more.notices.notKept, icon: 'alert' };
  return notice && { ...noticeWords(notice, speech), icon: 'seat' };
}
