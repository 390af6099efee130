# Whoever puts others in copy is told once that they know it now; nobody of them is written to, and the mail counts as ever.
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
  Cc: cousin@ailleurs.example
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> consumer: in-copy (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

atlas answers:
  Cc: leila@courrier.example
  Bonjour, nous vérifions auprès du transporteur et revenons vers vous.
> noted
> merchant: in-copy (fr)
> merchant: received (fr)
> operator: attention (fr)

wait 2 days

leila answers:
  Cc: cousin@ailleurs.example
  Le vendeur m'a appelée hier et n'a rien proposé de nouveau.
> noted
> consumer: received (fr)
> operator: attention (fr)
