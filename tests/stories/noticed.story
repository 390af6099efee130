# A large amount and an order that is more than a year old: the rules of the house ask one more question, and tell the registrar.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: Ordinateur jamais reçu
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2025 un ordinateur sur le site boutique-atlas.example,
  commande n° AT-48213, pour 24 000,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

atlas answers:
  REFUSER ***
> advanced; closed MERCHANT_REFUSED
> consumer: closed-refused (fr)
> merchant: closed-refused (fr)
