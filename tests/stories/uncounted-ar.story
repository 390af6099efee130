# A seller accepts during a pause, and accepts again once the case goes on.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: لم أتوصل بالطلبية
  السلام عليكم،
  الاسم الكامل: سلمى العلوي
  اقتنيت هاتفا من موقع boutique-atlas.example بتاريخ 3 نونبر 2026، رقم الطلب: AT-48213، بمبلغ 2300 درهم، وأسكن بمدينة الرباط،
  ولم أتوصل به إلى غاية اليوم رغم مراسلاتي. أطلب استرجاع المبلغ.
> opened; incomplete
> consumer: acknowledgement (ar)

leila answers:
  تأكيد ***
> advanced; screening
> consumer: file-complete (ar)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example ar
> advanced; invited
> consumer: admitted (ar)
> merchant: invitation (ar)

leila answers:
  توقيف ***
> advanced; interrupted
> consumer: paused (ar)
> merchant: paused (ar)

atlas answers:
  أقبل ***
> held:no-rule
> merchant: not-counted (ar)
> operator: attention (fr)

wait 1 days
> on 2026-11-24 the clock rings
> operator: held-digest (fr)

leila answers:
  استئناف ***
> advanced; invited
> consumer: resumed (ar)
> merchant: resumed (ar)

atlas answers:
  أقبل ***
> advanced; performance
> consumer: agreement (ar)
> merchant: agreement (ar)
