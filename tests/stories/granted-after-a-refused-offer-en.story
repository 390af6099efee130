# The buyer declines the seller's offer, and the seller grants the request as it stands.
now 2026-11-23T09:00:00Z
sarah is consumer sarah@mail.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

sarah writes:
  Subject: Order never received
  Hello,
  my name is Sarah Amrani. I ordered shoes on 3 November 2026 on boutique-atlas.example (order AT-48213, 450 MAD).
  The parcel never arrived and the shop does not answer. I want a full refund.
  Sarah Amrani
> opened; incomplete
> consumer: acknowledgement (en)

sarah answers:
  CONFIRM ***
> advanced; screening
> consumer: file-complete (en)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example en
> advanced; invited
> consumer: admitted (en)
> merchant: invitation (en)

atlas answers:
  PROPOSE: we give a voucher of 450 MAD
> noted
> merchant: proposal-draft (en)

atlas answers:
  PROPOSE ***
> advanced; proposal
> consumer: proposal (en)
> merchant: proposal-sent (en)

sarah answers:
  REFUSE ***
> advanced; between
> consumer: proposal-closed (en)
> merchant: proposal-closed (en)

atlas answers:
  ACCEPT ***
> advanced; performance
> consumer: agreement (en)
> merchant: agreement (en)

atlas answers:
  DONE ***
> noted
> consumer: performance-check (en)

wait 45 days
> on 2026-12-09 the clock rings
> consumer: performance-check (en)
> on 2026-12-14 the clock rings
> consumer: performance-check (en)
> on 2026-12-21 the clock rings; closed SETTLED_PRESUMED
> consumer: closed-presumed (en)
> merchant: closed-presumed (en)
