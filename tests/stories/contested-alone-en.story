# Nobody mediates: the seller's objection is for the registrar to look at, and the time begins anew.
now 2026-11-23T09:00:00Z
sarah is consumer sarah@mail.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

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
  ADMETTRE *** contact@boutique-atlas.example en
> advanced; invited
> consumer: admitted (en)
> merchant: invitation (en)

atlas answers:
  ACCEPT ***
> advanced; performance
> consumer: agreement (en)
> merchant: agreement (en)

wait 18 days
> on 2026-12-09 the clock rings
> consumer: performance-check (en)

sarah answers:
  NOT-DONE ***
> advanced; contested
> consumer: not-performed-noted (en)
> merchant: not-performed (en)
> operator: attention (fr)

wait 5 days

atlas answers:
  CONTEST ***
  The refund left our bank last week.
> noted
> merchant: contest-noted (en)
> operator: attention (fr)

atlas answers:
  MEDIATION
> noted
> merchant: received (en)
> operator: attention (fr)

wait 5 days

sarah answers:
  DONE ***
> advanced; closed SETTLED_PERFORMED_LATE
> consumer: closed-performed (en)
> merchant: closed-performed (en)
