# The buyer passes a letter on to another mailbox and answers from there: the registered address is asked. Later somebody else tries the same.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

work is consumer l.bennani@travail.example
eve is consumer eve@ailleurs.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

work answers the letter to leila:
  Le numéro de la commande est AT-48213.
> held:unknown-sender
> consumer: challenge (fr)

work answers the letter to leila:
  OUI ***
> held:unknown-sender
> operator: held-digest (fr)

leila answers:
  Auto-Submitted: auto-replied
  OUI ***
> automatic

leila answers:
  OUI ***
> noted
> consumer: summary (fr)

wait 2 days
> on 2026-11-24 the clock rings
> operator: held-digest (fr)
> on 2026-11-25 the clock rings
> operator: held-digest (fr)

eve answers the letter to leila:
  Bonjour, je retire cette demande.
> held:unknown-sender
> consumer: challenge (fr)

leila answers:
  NON ***
> noted

eve answers the letter to leila:
  Bonjour, où en est ce dossier ?
> held:unknown-sender

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)
