# Three buyers complain of one seller on the same day. Its reminders fall due on the same morning: one letter lists the three cases; each case notes that it was reminded. Whoever has one case left gets the ordinary reminder.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
omar is consumer omar@courrier.example
sara is consumer sara@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
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

omar writes:
  Subject: Bouilloire
  Bonjour,
  je m'appelle Omar Idrissi. J'ai commandé le 5 novembre 2026 une bouilloire sur le site boutique-atlas.example,
  commande n° AT-50001, pour 300,00 DH. Elle est arrivée cassée et le vendeur ne répond pas depuis le 13 novembre.
  Je demande le remplacement de la bouilloire.
> opened; incomplete
> consumer: acknowledgement (fr)

omar answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

sara writes:
  Subject: Moulin
  Bonjour,
  je m'appelle Sara Alami. J'ai commandé le 6 novembre 2026 un moulin à café sur le site boutique-atlas.example,
  commande n° AT-50002, pour 450,00 DH. Je n'ai rien reçu malgré ma relance du 14 novembre.
  Je demande le remboursement de ma commande.
> opened; incomplete
> consumer: acknowledgement (fr)

sara answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

wait 3 working days
> on 2026-11-26 the clock rings
> merchant: reminders (fr)

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)

wait 4 working days
> on 2026-12-02 the clock rings
> merchant: reminders (fr)

leila answers:
  RETIRER ***
> advanced; closed WITHDRAWN_CONSUMER
> consumer: closed-withdrawn (fr)
> merchant: closed-withdrawn (fr)

wait 2 working days
> on 2026-12-04 the clock rings
> merchant: invitation-reminder (fr)
