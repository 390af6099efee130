# A stranger who knows a reference, an impostor, a robot and a newsletter change nothing and learn nothing.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

eve is consumer eve@ailleurs.example

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

eve writes:
  Subject: Re: [EL-7K3Q-9XWD] votre dossier
  Bonjour, où en est ce dossier de remboursement ?
> held:unknown-sender

eve writes:
  Subject: Bonjour
  Bonjour.
> stranger

eve writes unsigned:
  Subject: Commande
  Bonjour, ma commande AT-1 sur boutique-atlas.example est perdue.
> held:not-authenticated
> operator: held-digest (fr)

leila answers unsigned:
  RETIRER XXX
> held:not-authenticated

leila answers:
  Auto-Submitted: auto-replied
  Je suis absente jusqu'au 30 novembre.
> automatic
