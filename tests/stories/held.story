# Mails that wait for a person: the registrar has one heard, keeps one with its dispute and puts one aside, by answering one letter.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
eve is consumer eve@ailleurs.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers unsigned:
  Je demande le remboursement de ma commande.
> held:not-authenticated
> operator: held-digest (fr)

registrar answers unsigned:
  LIBÉRER # ***
> held:not-authenticated

registrar answers:
  Merci, je regarde.
> held:no-order

registrar answers:
  LIBÉRER # ***
> ordered
> consumer: summary (fr)

wait 1 working day
> on 2026-11-24 the clock rings
> operator: held-digest (fr)

registrar answers:
  ÉCARTER # ***
> ordered

wait 2 working days
> on 2026-11-25 the clock rings
