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

leila answers:
  CONFIRM ***

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example en

atlas answers:
  TIME

wait 5 days

atlas answers:
  TIME
