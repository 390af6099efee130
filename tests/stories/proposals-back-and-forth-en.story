# Without any mediator each side proposes until one proposal suits both.
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
  MEDIATION ***
> advanced; assigning
> consumer: mediation-agreement (en)
> merchant: mediation-agreement (en)
> operator: assignment (fr)

atlas answers:
  PROPOSE
  1) We send the shoes again within 10 days.
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

sarah answers:
  PROPOSE
  1. The seller refunds 450 MAD by 20 December 2026.
> noted
> consumer: proposal-draft (en)

sarah answers:
  PROPOSE ***
> advanced; proposal
> consumer: proposal-sent (en)
> merchant: proposal (en)

atlas answers:
  REFUSE ***
> advanced; between
> consumer: proposal-closed (en)
> merchant: proposal-closed (en)

atlas answers:
  PROPOSE
  1. The seller refunds 400 MAD by 18 December 2026.
  2. The buyer keeps the voucher of 50 MAD, valid from 18 December 2026.
> noted
> merchant: proposal-draft (en)

atlas answers:
  PROPOSE ***
> advanced; proposal
> consumer: proposal (en)
> merchant: proposal-sent (en)

sarah answers:
  ACCEPT ***
> advanced; performance
> consumer: agreement (en)
> merchant: agreement (en)

wait 27 days
> on 2026-12-21 the clock rings
> consumer: performance-check (en)

sarah answers:
  DONE ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (en)
> merchant: closed-performed (en)
