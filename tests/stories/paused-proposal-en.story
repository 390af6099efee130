# A pause holds an open proposal; after it the proposal can still be accepted.
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
  PROPOSE
  1) The seller refunds 380 MAD by 20 December 2026.
> noted
> merchant: proposal-draft (en)

atlas answers:
  PROPOSE ***
> advanced; proposal
> consumer: proposal (en)
> merchant: proposal-sent (en)

sarah answers:
  PAUSE ***
> advanced; interrupted
> consumer: paused (en)
> merchant: paused (en)

sarah answers:
  ACCEPT ***
> held:no-rule
> consumer: not-counted (en)
> operator: attention (fr)

wait 12 days
> on 2026-11-24 the clock rings
> operator: held-digest (fr)
> on 2026-11-25 the clock rings
> operator: held-digest (fr)
> on 2026-11-26 the clock rings
> operator: held-digest (fr)
> on 2026-11-27 the clock rings
> operator: held-digest (fr)
> on 2026-11-30 the clock rings
> operator: held-digest (fr)
> on 2026-12-01 the clock rings
> operator: held-digest (fr)
> on 2026-12-02 the clock rings
> operator: held-digest (fr)
> on 2026-12-03 the clock rings
> operator: held-digest (fr)
> on 2026-12-04 the clock rings
> operator: held-digest (fr)
> on 2026-12-07 the clock rings
> operator: held-digest (fr)

sarah answers:
  RESUME ***
> advanced; proposal
> consumer: resumed (en)
> merchant: resumed (en)

sarah answers:
  ACCEPT ***
> advanced; performance
> consumer: agreement (en)
> merchant: agreement (en)

atlas answers:
  DONE ***
> noted
> consumer: performance-check (en)
> merchant: performed-noted (en)

sarah answers:
  DONE ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (en)
> merchant: closed-performed (en)
