# Programs that write as people do, and say so in no field: they answer every letter, and are answered less and less.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.

leila answers:
  Bonjour, je suis absente jusqu'au 7 décembre 2026 et je lirai votre courrier à mon retour.
  Leila Bennani

leila answers:
  Bonjour, je suis absente jusqu'au 7 décembre 2026 et je lirai votre courrier à mon retour.
  Leila Bennani

leila answers:
  Merci, nous avons bien reçu votre message.

leila answers:
  Merci, nous avons bien reçu votre message. Votre numéro est le 4711.

wait 5 days

leila answers:
  Bonjour, je suis absente jusqu'au 7 décembre 2026 et je lirai votre courrier à mon retour.
  Leila Bennani

leila answers:
  Merci, nous avons bien reçu votre message.

wait 12 days
