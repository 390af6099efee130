# Programs that write as people do, and say so in no field: they answer every letter, and are answered less and less.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  Bonjour, cette boîte est relevée une fois par mois, la prochaine fois le 7 décembre 2026.
  Leila Bennani
> noted
> consumer: questions (fr)

leila answers:
  Bonjour, cette boîte est relevée une fois par mois, la prochaine fois le 7 décembre 2026.
  Leila Bennani
> noted

leila answers:
  Merci, nous avons bien reçu votre message.
> noted

leila answers:
  Merci, nous avons bien reçu votre message. Votre numéro est le 4711.
> noted

wait 5 days
> on 2026-11-30 the clock rings
> consumer: complaint-reminder (fr)

leila answers:
  Bonjour, cette boîte est relevée une fois par mois, la prochaine fois le 7 décembre 2026.
  Leila Bennani
> noted
> consumer: questions (fr)

leila answers:
  Merci, nous avons bien reçu votre message.
> noted

wait 12 days
> on 2026-12-07 the clock rings
> consumer: complaint-reminder (fr)
> on 2026-12-10 the clock rings
> consumer: complaint-reminder (fr)
> on 2026-12-14 the clock rings
> consumer: complaint-reminder (fr)
