# Acceptance with a condition is no acceptance; neither is a code in quoted text, nor the other side's code.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
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
  oui mais ACCEPTER *** seulement si elle renvoie le colis
> noted
> merchant: proposal-help (fr)
> operator: attention (fr)

atlas answers:
  d'accord
> noted
> merchant: received (fr)
> operator: attention (fr)

leila answers:
  ACCEPTER K7P
> noted
> consumer: not-counted (fr)
> operator: attention (fr)
