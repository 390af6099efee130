# The invited business is the wrong one: the buyer names another seller and confirms again before anything is sent there.
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
  ADMETTRE *** service@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

atlas answers:
  PAS-CONCERNÉ
  Cette commande a été passée chez un autre vendeur de la place de marché.
> advanced; misdirected
> merchant: received (fr)
> operator: attention (fr)

registrar answers:
  RÉORIENTER ***
> advanced; incomplete
> consumer: other-seller (fr)
> merchant: released (fr)

wait 1 days

leila answers:
  Le vendeur est souk-moderne.example, contact@souk-moderne.example
> noted
> consumer: summary (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

atlas answers:
  Pourquoi ne recevons-nous plus rien ?
> held:unknown-sender
> operator: held-digest (fr)
