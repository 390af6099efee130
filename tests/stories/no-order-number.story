# Who does not have the order number says so, in one line: it is an answer, and the summary follows.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

leila writes:
  Subject: Robe jamais reçue
  Bonjour, je m'appelle Leila Bennani, j'ai acheté une robe sur le site robes-atlas.example pour 450 DH, payée par carte. Je n'ai jamais reçu ma commande.
  Je demande le remboursement.
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  je ne l'ai pas
> noted
> consumer: summary (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)
