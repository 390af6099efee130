# A field of the request holds the buyer's own address: it is taken out when the mail comes in, as from the account, and the seller is invited.
now 2026-11-23T09:00:00Z
sarah is consumer sarah.amrani@mail.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

sarah writes:
  Subject: Order never received
  Hello, I ordered on 3 November 2026 on boutique-atlas.example and the parcel never arrived. I want a full refund.
  Name: Sarah Amrani
  Order number: AT-48213
  Amount: 450 MAD
  Product: shoes for sarah.amrani@mail.example
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
