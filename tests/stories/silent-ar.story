# The seller never answers; the registrar confirms it, and the buyer is told where else to turn.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

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
  ADMETTRE *** service@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (ar)
> merchant: invitation (fr)

wait 10 working days
> on 2026-11-26 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-12-02 the clock rings
> merchant: invitation-reminder (fr)
> on 2026-12-04 the clock rings
> merchant: invitation-reminder (fr)

wait 1 days
> on 2026-12-07 the clock rings; silent
> consumer: no-answer-yet (ar)
> operator: silence (fr)

registrar answers:
  CLORE ***
> advanced; closed MERCHANT_SILENT
> consumer: closed-silent (ar)
> merchant: closed-silent (fr)

salma answers:
  شكرا لكم على المحاولة.
> held:closed
> consumer: after-closing (ar)
> operator: held-digest (fr)
