# What was presumed can be put right: the registrar takes it up again.
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

wait 6 days

atlas answers:
  FAIT ***
> noted
> consumer: performance-check (fr)
> merchant: performed-noted (fr)

wait 24 days
> on 2026-12-09 the clock rings
> consumer: performance-check (fr)
> on 2026-12-14 the clock rings
> consumer: performance-check (fr)
> on 2026-12-21 the clock rings; closed SETTLED_PRESUMED
> consumer: closed-presumed (fr)
> merchant: closed-presumed (fr)

leila answers:
  Non, je n’ai rien reçu !
> held:closed
> consumer: after-closing (fr)
> operator: held-digest (fr)

the registrar reopens the case
> done; performance
> consumer: reopened (fr)
> merchant: reopened (fr)

leila answers:
  PAS-FAIT ***
> advanced; contested
> consumer: not-performed-noted (fr)
> merchant: not-performed (fr)
> operator: attention (fr)
