# Nobody is reached at the address of the invited seller: the registrar lets the buyer name another one. In English.
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

the letter to atlas bounces
> bounce; unreachable
> operator: undeliverable (fr)

registrar answers:
  RÉORIENTER ***
> advanced; incomplete
> consumer: other-seller (en)

wait 1 days

sarah answers:
  Seller: atlas-shoes.example, hello@atlas-shoes.example
> noted
> consumer: summary (en)
