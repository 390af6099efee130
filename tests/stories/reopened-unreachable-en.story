# A case is taken up again in which the seller was never reached: nothing goes to the dead address, and the registrar has the codes.
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

the letter to atlas bounces
> bounce; unreachable
> operator: undeliverable (fr)

registrar answers:
  CLORE ***
> advanced; closed MERCHANT_UNREACHABLE
> consumer: closed-unreachable (en)

wait 2 days

the registrar reopens the case
> done; unreachable
> consumer: reopened (en)
> operator: undeliverable (fr)
