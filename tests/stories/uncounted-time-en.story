# The seller asks for time a second time, and hears that it is given once.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: Order never received
  Hello,
  my name is Sarah Amrani, from Rabat. I ordered shoes on 3 November 2026 on boutique-atlas.example (order AT-48213, 450 MAD).
  The parcel never arrived and the shop does not answer. I want a full refund.
  Sarah Amrani
> opened; incomplete
> consumer: acknowledgement (en)

leila answers:
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
  TIME
> noted
> consumer: time-extended (en)
> merchant: time-extended (en)

wait 5 days

atlas answers:
  TIME
> held:no-rule
> merchant: not-counted (en)
> operator: attention (fr)
