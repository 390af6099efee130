# The buyer says before the day that it was not done, and the registrar would close; nobody is late yet.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani, de Tanger. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
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
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)

wait 1 days

leila answers:
  PAS-FAIT ***
> noted
> consumer: not-yet-due (fr)

atlas answers:
  FAIT ***
> noted
> consumer: performance-check (fr)
> merchant: performed-noted (fr)

leila answers:
  PAS-FAIT ***
> advanced; contested
> consumer: not-performed-noted (fr)
> merchant: not-performed (fr)
> operator: attention (fr)

registrar answers:
  CLORE RT7
> noted
> operator: order-help (fr)
