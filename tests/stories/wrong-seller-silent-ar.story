# A seller says too late that it is the wrong one; the buyer names nobody else in time. In Arabic.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

salma writes:
  Subject: لم أتوصل بالطلبية
  السلام عليكم،
  الاسم الكامل: سلمى العلوي
  اقتنيت هاتفا من موقع boutique-atlas.example بتاريخ 3 نونبر 2026، رقم الطلب: AT-48213، بمبلغ 2300 درهم،
  ولم أتوصل به إلى غاية اليوم رغم مراسلاتي. أطلب استرجاع المبلغ.
> opened; incomplete
> consumer: acknowledgement (ar)

salma answers:
  تأكيد ***
> advanced; screening
> consumer: file-complete (ar)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (ar)
> merchant: invitation (fr)

wait 11 working days
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-12-02 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-12-04 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-12-07 the clock rings; silent
> consumer: no-answer-yet (ar)
> operator: silence (fr)

atlas answers:
  PAS-CONCERNÉ
  Nous n'avons pas cette commande.
> advanced; misdirected
> merchant: received (fr)
> operator: attention (fr)

registrar answers:
  RÉORIENTER ***
> advanced; incomplete
> consumer: other-seller (ar)
> merchant: released (fr)

wait 15 days
> on 2026-12-14 the clock rings
> consumer: complaint-reminder (ar)
> on 2026-12-18 the clock rings
> consumer: complaint-reminder (ar)
> on 2026-12-21 the clock rings
> consumer: complaint-reminder (ar)
> on 2026-12-22 the clock rings; closed LAPSED_INCOMPLETE
> consumer: closed-lapsed (ar)
