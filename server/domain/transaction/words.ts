/** The closed vocabulary of the purchase machine. An adapter may say nothing else to it. */

export type PaymentWord =
  | 'opened'
  | 'approved'
  | 'pending'
  | 'authorised'
  | 'captured'
  | 'declined'
  | 'closed'
  | 'accepted'
  | 'not_done'
  | 'capture_refused'
  | 'unknown'
  | 'overdue'
  | 'mismatch'
  | 'disputed';

export type ThingWord = 'present' | 'absent' | 'refused' | 'unknown' | 'overdue';

export type RefundWord = 'present' | 'absent' | 'accepted' | 'refused' | 'unknown' | 'overdue';

/** Why a target is left to a person. */
export type Reason =
  | 'payment_outcome_missing'
  | 'capture_outcome_missing'
  | 'capture_failed'
  | 'refund_failed'
  | 'mismatch'
  | 'dispute'
  | 'contradiction'
  | 'gds_outcome_missing'
  | 'seat_not_given_back'
  | 'emd_not_given_back';

/** Why a GDS refused for good. The machine adds `gave_up`, `partner` and the reason of a stop. */
export type SeatRefusal =
  | 'seat_taken'
  | 'price_changed'
  | 'booking_cancelled'
  | 'changed_at_gds'
  | 'not_allowed'
  | 'emd_refused'
  | 'gds_unavailable';
