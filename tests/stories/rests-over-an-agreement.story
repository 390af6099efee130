# A pause and a withdrawal change nothing in what was agreed; taken up again, the date of the agreement counts.
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
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)

leila answers:
  PAUSE ***
> advanced; interrupted
> consumer: paused (fr)
> merchant: paused (fr)

wait 1 days

atlas answers:
  Nous préparons le virement.
> noted
> merchant: received (fr)
> operator: attention (fr)

wait 19 days

leila answers:
  REPRENDRE ***
> advanced; performance
> consumer: resumed (fr)
> merchant: resumed (fr)

leila answers:
  RETIRER ***
> advanced; closed WITHDRAWN_CONSUMER
> consumer: closed-withdrawn (fr)
> merchant: closed-withdrawn (fr)

the registrar reopens the case
> done; performance
> consumer: reopened (fr)
> merchant: reopened (fr)

leila answers:
  FAIT ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (fr)
> merchant: closed-performed (fr)
