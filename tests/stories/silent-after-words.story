# A seller who wrote words and gave none of the answers is not told of as one who never wrote.
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

wait 2 days

atlas answers:
  Bonjour, nous examinons la demande avec notre transporteur, merci de patienter.
> noted
> merchant: received (fr)
> operator: attention (fr)

wait 14 days
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-12-02 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-12-04 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-12-07 the clock rings; silent
> consumer: no-answer-yet (fr)
> operator: silence (fr)

registrar answers:
  CLORE ***
> advanced; closed MERCHANT_SILENT
> consumer: closed-silent (fr)
> merchant: closed-silent (fr)
