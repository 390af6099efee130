# The seller accepts while the buyer thinks of withdrawing: he hears that it does not count yet, and when it goes on.
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

leila answers:
  CONFIRMER ***

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr

leila answers:
  Je retire ma plainte.

atlas answers:
  ACCEPTER ***

wait 2 days

leila answers:
  REPRENDRE ***

atlas answers:
  ACCEPTER ***
