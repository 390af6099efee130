# The buyer is to write to the seller first and does not come back; reopened in time, it goes on.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

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
  DIFFÉRER ***
> advanced; awaiting-contact
> consumer: write-first (fr)

wait 31 days
> on 2026-12-08 the clock rings
> consumer: write-first (fr)
> on 2026-12-23 the clock rings; closed LAPSED_NO_FOLLOWUP
> consumer: closed-lapsed (fr)

the registrar reopens the case
> done; awaiting-contact
> consumer: reopened (fr)

leila answers:
  REPRENDRE ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)
