# A seller whose letter came back says that it is the wrong one, and then declines.
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

wait 8 days
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (en)

the letter to atlas bounces
> bounce; unreachable
> operator: undeliverable (fr)

atlas answers:
  NOT-CONCERNED
> advanced; misdirected
> merchant: received (en)
> operator: attention (fr)

atlas answers:
  REFUSE ***
> advanced; closed MERCHANT_REFUSED
> consumer: closed-refused (en)
> merchant: closed-refused (en)
