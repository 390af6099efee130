# The seller says that it is the wrong one: nobody chases it, and the buyer names another.
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

atlas answers:
  غير-معني
  لسنا نحن البائع.
> advanced; misdirected
> merchant: received (ar)
> operator: attention (fr)

wait 9 days
> on 2026-11-30 the clock rings
> operator: attention (fr)

registrar answers:
  RÉORIENTER ***
> advanced; incomplete
> consumer: other-seller (ar)
> merchant: released (ar)
