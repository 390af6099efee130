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

salma answers:
  تأكيد ***

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example fr

atlas answers:
  ACCEPTER ***

salma answers:
  تم ***
