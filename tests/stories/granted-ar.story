# A complaint in Arabic, answered in French by the merchant.
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

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (ar)
> merchant: agreement (fr)

salma answers:
  تم ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (ar)
> merchant: closed-performed (fr)
