"""A circular of three articles in two chapters, with a table, for the tests that ask about such a text."""

from __future__ import annotations

CIRCULAR = """BỘ XÂY DỰNG
Số: 07/2024/TT-BXD
Hà Nội, ngày 10 tháng 3 năm 2024

THÔNG TƯ
Quy định mức phí thẩm định công trình thủy lợi

Căn cứ Nghị định số 52/2022/NĐ-CP ngày 08 tháng 8 năm 2022 của Chính phủ quy định chức năng của Bộ Xây dựng;
Bộ trưởng Bộ Xây dựng ban hành Thông tư quy định mức phí thẩm định công trình thủy lợi.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Đối tượng áp dụng
1. Chủ đầu tư công trình thủy lợi.
2. Cơ quan thẩm định công trình thủy lợi.
3. Thông tư này không áp dụng đối với:
a) Công trình của quân đội;
b) Công trình ở nước ngoài.
Điều 2. Giải thích từ ngữ
Công trình thủy lợi là công trình hạ tầng kỹ thuật gồm đập, hồ chứa và kênh.
Cơ quan thẩm định công trình thủy lợi do Sở Xây dựng thành lập.
Chương II
MỨC PHÍ
Điều 3. Mức phí thẩm định
Trong đó, mức phí thẩm định công trình thủy lợi của từng năm thực hiện theo bảng dưới đây:
Bảng 1:

Năm: 2020 | Hệ số: 1,12
Năm: 2021 | Hệ số: 1,10
Năm: 2022 | Hệ số: 1,07

Điều 4. Hiệu lực thi hành
1. Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2024.
2. Thông tư số 03/2019/TT-BXD ngày 02 tháng 4 năm 2019 của Bộ trưởng Bộ Xây dựng quy định mức phí thẩm định công trình thủy lợi hết hiệu lực thi hành kể từ ngày Thông tư này có hiệu lực thi hành.
BỘ TRƯỞNG
Trần Văn Bình
"""  # noqa: E501
