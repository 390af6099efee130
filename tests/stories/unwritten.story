# The buyer's telephone number turns out to be the number of the order: a reminder would tell it to the seller, so it is not written, and the registrar is told once.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° 612345678, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
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
  ADMETTRE *** service@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

leila answers:
  Mon téléphone : 06 12 34 56 78.
> noted
> consumer: received (fr)
> operator: attention (fr)

wait 3 days
> on 2026-11-26 the clock rings
> operator: unwritten (fr)
