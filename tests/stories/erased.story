# Six months after its end a case is erased by itself; what its people write then is a mail like any other.
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
> noted
> consumer: summary (fr)

leila answers:
  RETIRER ***
> advanced; closed WITHDRAWN_CONSUMER
> consumer: closed-withdrawn (fr)

wait 170 days

wait 14 days
> a dispute is erased
> on 2027-05-23 the clock rings

leila answers:
  Bonjour, avez-vous encore mon dossier ?
> held:unknown-sender
