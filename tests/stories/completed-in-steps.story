# A complaint is completed in two mails, then confirmed; only what is missing is asked.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

leila writes:
  Subject: Problème avec une commande
  Bonjour, ma commande sur boutique-atlas.example est arrivée cassée, je suis très déçue.
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  Nom : Leila Bennani
  Commande n° : AT-48213
> noted
> consumer: questions (fr)

leila answers:
  Montant : 1 500 DH
  Je demande le remboursement.
> noted
> consumer: summary (fr)

leila answers:
  oui je confirme
> noted
> consumer: summary (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)
