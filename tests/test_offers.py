"""Whether a unit offers the kind of thing a question asks for."""

from __future__ import annotations

import pytest
from answer_parts import asked, part, whole

from rag.offers import offers
from rag.understand import query_of


@pytest.mark.parametrize(
    ("question", "unit", "offered"),
    [
        ("Có bao nhiêu xã?", "Có 4 xã.", True),
        ("Bộ phận một cửa làm việc thứ mấy?", "Tuần đầu (từ ngày 03/11) nhận 118 hồ sơ.", False),
        ("Bộ phận một cửa làm việc thứ mấy?", "Làm việc thứ Ba và thứ Năm hằng tuần.", True),
        ("hieu truong truong Tan Hai ten gi", "THCS Tân Hải có 425 học sinh.", False),
        ("hieu truong truong Tan Hai ten gi", "Hiệu trưởng THCS Tân Hải: bà Lê Thị Hà.", True),
        ("Còn mấy nhà chưa ký biên bản?", "Hiện còn 05 hộ chưa ký.", True),
        ("con may nhà chua ky", "Hiện còn 05 trường chưa ký.", False),
        ("Có mấy nhà máy?", "Có 05 hộ.", False),  # a word of its own
        ("12 dự thảo thì huyện mấy cái, xã mấy cái?", "Huyện phản biện 8 dự thảo.", True),
        ("Huyện có mấy cái xe?", "Huyện phản biện 8 dự thảo.", False),
        ("Lớp có bao nhiêu học sinh?", "Lớp có 35 em.", True),
        ("Lớp có bao nhiêu học sinh?", "Trường có 35 lớp.", False),
        ("Kinh phí còn bao nhiêu, xử lý sao?", "Kinh phí còn 524 triệu đồng.", True),  # "xử lý" is not counted
        ("Tiền rác bao nhiêu một tháng?", "Mỗi hộ 35.000 đồng.", True),
        ("Tiền rác bao nhiêu một tháng?", "Bãi rác xa thêm 17 km.", False),
        ("Có cháu nào bị sốt nặng không?", "Không có phản ứng nặng.", True),
        ("Cháu nào bị sốt nặng?", "Không có phản ứng nặng.", False),
        ("Hai giống lúa mới là những giống nào?", "Gồm OM18 và Đài Thơm 8.", True),  # told of before "là"
        ("Xã trồng giống nào?", "Gồm OM18 và Đài Thơm 8.", False),
        ("Xã còn ba khoản nào chưa thu?", "Chưa thu quỹ đường, quỹ trường.", True),
        ("Đội nào giải nhất hội thi?", "Mỗi xã cử 01 đội dự hội thi.", False),
        ("doi nao giai nhat hoi thi", "Đội xã Tân Hà giải Nhất hội thi.", True),
        ("Huyện nào đứng nhất tỉnh?", "Huyện Tân Hà dẫn đầu tỉnh.", True),
        ("Huyện nào đứng nhất tỉnh?", "Huyện Tân Hà lập Ban Chỉ đạo.", False),
        ("Năm nay có mấy chiến sĩ thi đua?", "Chiến sĩ thi đua: 1.800.000 đồng/người.", False),
        ("Năm nay có mấy chiến sĩ thi đua?", "Chiến sĩ thi đua: 18.", True),
        ("Ai dẫn đoàn kiểm tra xã Tân Hà?", "Giao Ban Dân vận kiểm tra xã Tân Hà.", False),
        ("Ai dẫn đoàn kiểm tra xã Tân Hà?", "Đoàn kiểm tra do bà Lê Thị Hà làm Trưởng đoàn.", True),
        ("Mùng 1 Tết lãnh đạo nào trực?", "Lịch trực lãnh đạo từ 14/02 đến 22/02.", False),
        ("Mùng 1 Tết lãnh đạo nào trực?", "Chủ tịch xã trực mùng 1 Tết.", True),
        ("Cán bộ có hành vi nào thì bị xử lý?", "Xử lý cán bộ có hành vi cửa quyền.", True),  # "vi nào" is no "vị nào"
        ("Trưởng Thuế cơ sở 7 tên gì?", "Giao Phòng Kinh tế phối hợp với Thuế cơ sở 7.", False),
        ("Theo kế hoạch thì tiêm ngày nào?", "Tiêm ngày 18/10, muộn 2 ngày so với kế hoạch.", False),
        ("Theo kế hoạch thì tiêm ngày nào?", "Tiêm ngày 16/10.", True),
        ("Tiêm ngày nào?", "Tiêm ngày 18/10, muộn 2 ngày so với kế hoạch.", True),
        ("Trường hợp nào thì không tiêm?", "Nhu cầu 260 liều để tiêm.", False),
        ("Trường hợp nào thì không tiêm?", "Hoãn tiêm cho trẻ đang sốt.", True),
        ("Trường hợp nào được tiêm không?", "Tiêm cho trẻ 7 tuổi.", True),  # asks whether
        ("cách làm xôi ngũ sắc", "Khách thích phở chua, xôi ngũ sắc.", False),
        ("Cách làm xôi ngũ sắc", "Cách làm xôi ngũ sắc: ngâm gạo với lá cẩm.", True),
        ("Cách làm hồ sơ cấp đổi", "Hồ sơ cấp đổi nộp tại xã.", True),
        ("Khai sinh ra quầy số mấy?", "Quầy số 4 làm khai sinh.", True),
        ("Khai sinh ra quầy số mấy?", "Khai sinh làm trong 3 ngày.", False),
        ("Hỏi về thẻ thì gọi số nào?", "Hỏi về thẻ gọi số 0299.3863.777.", True),
        ("Hỏi về thẻ thì gọi số nào?", "Hỏi về thẻ ở tầng 2.", False),
        ("Góp ý gửi vào email nào?", "Góp ý gửi về gopy@xa.gov.vn.", True),
        ("Góp ý gửi vào email nào?", "Góp ý gửi về văn phòng.", False),
        ("Chủ tịch xã tiếp dân những buổi nào?", "Chủ tịch xã tiếp dân sáng thứ Ba hằng tuần.", True),
        ("Chủ tịch xã tiếp dân những buổi nào?", "Chủ tịch xã tiếp dân tại trụ sở.", False),
        ("Lễ hội có bao nhiêu người đến?", "Lễ hội thu hút 195.000 lượt khách.", True),
        ("Lễ hội có bao nhiêu người đến?", "Lễ hội có 12 gian hàng.", False),
        ("Đất lúa giá bao nhiêu 1 mét vuông?", "Giá đất lúa là 35.000 đồng.", True),  # for each of them
        ("Văn phòng ở số nhà mấy, đường nào?", "Văn phòng đặt tại số 12 đường Lê Lợi.", True),
        ("Văn phòng ở số nhà mấy, đường nào?", "Văn phòng có 12 người.", False),
        ("Ban chỉ đạo bao lâu họp một lần?", "Ban họp định kỳ mỗi quý một lần.", True),
        ("Ban chỉ đạo bao lâu họp một lần?", "Ban họp 12 lần, có 45 người dự.", False),
        ("Dưới 10 khối nước thì giá mỗi khối bao nhiêu?", "Mức 20 m3 đầu: 8.300 đồng/m3.", True),
        ("Giá mỗi khối bao nhiêu?", "Mức phạt: 8.300 đồng.", False),
        ("Thay thế công văn nào?", "Thay thế Mục 5 Công văn số 388/UBND-NN.", True),  # a letter's number names no kind
        ("Thay thế công văn nào?", "Thay thế Mục 5 Quyết định số 388/QĐ-UBND.", False),
        ("Hiến bao nhiêu mét đất?", "Hiến từ 100 m2 đất trở lên.", True),
        ("Hạn chót nộp phiếu", "Nộp phiếu theo Nghị định số 85/2023/NĐ-CP.", False),
        ("Hạn chót nộp phiếu", "Nhận phiếu đến 17 giờ ngày 04/7/2024.", True),
        ("Cấp bao nhiêu giấy?", "Bước 3: cấp giấy.", False),
        ("Hội nghị họp ngày nào?", "Mời dự Hội nghị tổng kết năm 2023.", False),
        ("Hội nghị họp ngày nào?", "Hội nghị họp 8 giờ, ngày 19 tháng 01 năm 2024.", True),
        ("Trụ sở tiếp dân ở đâu?", "Quy chế này về việc tiếp dân tại trụ sở.", False),
        ("Trụ sở tiếp dân ở đâu?", "Trụ sở đặt tại số 02 đường Trần Phú.", True),
        ("Dân hiến mấy mét vuông đất?", "Dân hiến hơn 10.500 m2 đất.", True),
        ("Dân hiến mấy mét vuông đất?", "Dân hiến 2 tấn thóc.", False),
        ("Mỗi người nộp mấy ký thóc?", "Mỗi người nộp 2,5 kg thóc.", True),
        ("Mỗi năm làm thêm mấy tiếng?", "Làm thêm đến 300 giờ một năm.", True),
        ("Lắp kính cao trên mấy mét?", "Lắp kính cao trên 2m.", True),
        ("Có bao nhiêu người dự?", "Có 45 đại biểu dự.", True),
        ("Có mấy người tham luận?", "Có 4 ý kiến tham luận.", True),
        ("Có bao nhiêu người nghèo?", "Có 45 đại biểu.", False),
        ("Bao nhiêu người đã nộp hồ sơ?", "Mỗi người đăng ký 01 vị trí.", False),
        ("Bao nhiêu người đã nộp hồ sơ?", "1. Mỗi người nộp 01 hồ sơ.", False),  # the item's number counts nobody
        ("Tuyển bao nhiêu giáo viên?", "1. Giáo viên mầm non: 15 chỉ tiêu.", True),
        ("Trường có mấy học sinh?", "Trường giảm 155 học sinh.", False),
        ("Trường giảm mấy học sinh?", "Trường giảm 155 học sinh.", True),
        ("Trường có mấy học sinh?", "Trường tăng lên 155 học sinh.", True),
        ("Năng suất lúa đạt bao nhiêu?", "Năng suất lúa giảm so với vụ 2020 - 2021.", False),
        ("Dự án chi hết bao nhiêu?", "Họp tại tầng 3, xét hồ sơ đợt 1.", False),
        ("Trường có mấy lớp?", "Đổi sách ở lớp 5 và lớp 9.", False),
        ("Trường có mấy lớp?", "Trường có 9 lớp.", True),
        ("Hộ anh ở tầng mấy?", "Hộ anh ở tầng 3.", True),
        ("Tổng tiền đền bù là bao nhiêu?", "Đền bù 68 hộ.", False),
        ("Tổng tiền đền bù là bao nhiêu?", "Đền bù 68 tỷ đồng.", True),
        ("Nhận tiền đền bù là bao nhiêu hộ?", "Nhận tiền có 68 hộ.", True),
        ("Mua máy hết bao nhiêu?", "Mua 25 máy.", False),
        ("Khen thì thưởng bao nhiêu một người?", "Khen 12 cá nhân.", False),
        ("Khen thi thuong bao nhieu mot nguoi?", "Khen cá nhân, mức 447.000 đồng.", True),
        ("Một lớp bao nhiêu người?", "Một lớp 35 người.", True),
        ("Vay tối đa bao lâu?", "Vay tối đa 300 triệu đồng.", False),
        ("vay toi da bao lau", "Vay tối đa 36 tháng.", True),
        ("Cấm đường bao lâu?", "Cấm đường từ 7 giờ đến 17 giờ.", True),
        ("Nộp báo cáo chậm nhất khi nào?", "Báo cáo thu quỹ năm 2024.", False),
        ("nop bao cao cham nhat khi nao", "Báo cáo nộp trước ngày 10 tháng 12 hằng năm.", True),
        ("Nộp báo cáo chậm nhất khi nào?", "Báo cáo nộp trong năm 2024.", True),
        ("Tu bổ đình nhằm mục đích gì?", "Tên dự án: Tu bổ, tôn tạo di tích.", False),
        ("Tu bổ đình nhằm mục đích gì?", "Tu bổ đình để giữ nét kiến trúc cổ.", True),
        ("Tổ chức Tuần lễ sách để làm gì?", "Sửa hội trường phục vụ Tuần lễ sách năm 2024.", False),
        ("Tổ chức Tuần lễ sách để làm gì?", "Tổ chức Tuần lễ sách nhằm khơi dậy phong trào đọc.", True),
        ("Lễ trao giải ở đâu?", "Lễ trao giải nêu tại Tờ trình số 54.", False),
        ("Lễ trao giải ở đâu?", "Lễ trao giải có thí sinh ở cấp huyện.", False),
        ("Lễ trao giải ở đâu?", "Lễ trao giải tổ chức tại công viên.", True),
        ("Mua máy hết bao nhiêu?", "Mua máy với 368 triệu đồng.", True),
        ("Mấy thành viên tán thành?", "Thông qua khi có từ 2/3 thành viên tán thành.", False),
        ("Cần mấy thành viên tán thành?", "Thông qua khi có từ 2/3 thành viên tán thành.", True),
        ("Mấy thành viên tán thành?", "4/5 thành viên tán thành.", True),
        ("Giá lạc bao nhiêu một kg?", "Phân đạm lên 17.500 đồng/kg.", False),
        ("Giá lạc bao nhiêu một kg?", "Lạc bán 27.500 đồng/kg.", True),
        ("Giá trị giải thưởng là bao nhiêu?", "Giải nhất 5 triệu đồng.", True),
        ("Đàn bò là bao nhiêu con?", "Nuôi bò cho 30 hộ, mỗi hộ 01 con.", False),
        ("Đàn bò là bao nhiêu con?", "Đàn bò 2.860 con.", True),
        ("Ai ký công điện?", "Chủ tịch UBND huyện yêu cầu các xã trực.", False),
        ("Ai ký công điện?", "Công điện do ông Trần Văn Hùng ký.", True),
        ("Ai ký kết hợp tác với huyện?", "Chủ tịch Hội Nông dân ký kết với huyện.", True),
        ("Vì sao 2 đại biểu vắng?", "Có mặt 26 đại biểu, vắng 02 đại biểu có lý do.", False),
        ("Vì sao 2 đại biểu vắng?", "Vắng 02 đại biểu, lý do đi công tác.", True),
        ("Sao năm nay thu thấp hơn?", "Thu thấp hơn 5%.", False),
        ("Sao năm nay thu thấp hơn?", "Nguyên nhân thu thấp hơn là mưa lũ.", True),
        ("Sao y bản chính ở xã nào?", "Bản chính được sao y ở xã Tân Hà.", True),
        ("Lập kế hoạch nhằm làm gì?", "Phòng Giáo dục và Đào tạo lập kế hoạch.", False),
        ("Lập kế hoạch nhằm làm gì?", "Lập kế hoạch tạo việc làm.", True),
        ("Độ mặn ở cống là bao nhiêu?", "Đo độ mặn 02 lần/ngày tại 05 điểm.", False),
        ("Độ mặn ở cống là bao nhiêu?", "Độ mặn đo được 4,8 phần nghìn.", True),
        ("Đo độ mặn bao nhiêu lần?", "Đo độ mặn 02 lần/ngày.", True),
        ("Tuyển bao nhiêu giáo viên?", "Vị trí: Giáo viên | Số lượng: 34", True),
        ("Tuyển bao nhiêu giáo viên?", "Vị trí: Giáo viên | Năm: 2024", False),
        ("Được thưởng bao nhiêu tiền?", "Tập thể: Hội Phụ nữ | Tiền thưởng (đồng): 3.600.000", True),
        ("Ban nhận tổng cộng bao nhiêu?", "Chiều thứ Sáu chỉ nhận đơn.", False),
        ("Kỳ họp thứ 9 có mấy đại biểu?", "Có mặt 22/24 đại biểu.", True),  # "hop thu" is no mailbox here
        ("Vì sao để chậm khởi công?", "Kiểm điểm tập thể để chậm khởi công.", False),
        ("Vì sao chưa thu hút hội viên?", "Nội dung chưa sát nên chưa thu hút hội viên.", True),
        ("Ngoài Hà Nội, lễ viếng còn tổ chức ở đâu?", "Lễ viếng tổ chức tại Hà Nội.", False),
        ("Ngoài Hà Nội, lễ viếng còn tổ chức ở đâu?", "Lễ viếng tổ chức tại Hội trường Thống Nhất.", True),
        ("Đối thoại với dân mấy lần?", "Có 61 cuộc đối thoại.", True),
        ("Đối thoại với dân mấy lần?", "Có 61 xã đối thoại.", False),
        ("Đã bắt mấy người?", "Ngày 7-9, người lạ chặt 50 cây.", False),
        ("Xã thu tổng cộng bao nhiêu tiền?", "Mỗi hộ đóng 4 triệu đồng.", False),
        ("Xã thu tổng cộng bao nhiêu tiền?", "Mỗi hộ đóng 4 triệu đồng, tổng số 900 triệu đồng.", True),
        ("Mỗi hộ đóng bao nhiêu tiền?", "Mỗi hộ đóng 4 triệu đồng.", True),
        ("Trường đã trả xong bao nhiêu tiền?", "Huyện yêu cầu trường trả 700 triệu đồng.", False),
        ("Trường đã trả xong bao nhiêu tiền?", "Huyện vừa có văn bản yêu cầu trường trả 700 triệu đồng.", False),
        ("Trường đã trả xong bao nhiêu tiền?", "Huyện yêu cầu trả 700 triệu đồng, trường đã trả 300 triệu đồng.", True),
        ("Huyện thu được bao nhiêu tiền?", "Theo yêu cầu, tổng thu ước thực hiện được 134 tỷ đồng.", True),
        ("Huyện đã yêu cầu trả bao nhiêu tiền?", "Huyện yêu cầu trường trả 700 triệu đồng.", True),
        ("Ai thay ông Tám làm Chủ tịch?", "Ông Lê Văn Tám thôi làm Chủ tịch.", False),
        ("Ai thay ông Tám làm Chủ tịch?", "Ông Lê Văn Tám thôi chức, bà Vũ Thị Bảy làm Chủ tịch.", True),
        ("Họ đào hố để làm gì?", "Họ đào hố ở ven rừng.", False),
        ("Họ đào hố để làm gì?", "Họ đào hố nhằm lấn đất.", True),
        ("Họ đào hố đổ thuốc để làm gì?", "Họ đào hố để đổ thuốc.", False),  # the question's own words
        ("Bài đăng lúc mấy giờ?", "Bài đăng ngày 5/4/2024.", False),
        ("Bài đăng lúc mấy giờ?", "Bài đăng ngày 5/4/2024, 02:59 CH.", True),
        ("Hội nghị họp lúc mấy giờ?", "Hội nghị họp từ 7 giờ ngày 5/4/2024.", True),
        ("Lễ được tổ chức vào ngày nào?", "Lễ được tổ chức vào một trong các ngày sau đây:", True),
        ("Lễ được tổ chức vào ngày nào?", "Lễ được tổ chức ở các nơi sau đây:", False),
        ("Có bao nhiêu xã?", "Có bốn xã.", True),
        ("Dân số huyện là bao nhiêu?", "Dân số 13 triệu người.", True),
        ("Dân số huyện là bao nhiêu?", "Dân số theo biểu số 13.", False),
        ("Nhà cao mấy tầng, chứa bao nhiêu khách?", "Nhà có 6 tầng, 400 chỗ.", True),
        ("Nhà chứa bao nhiêu khách?", "Nhà có 6 tầng.", False),
        ("Ai ký Thông tư 28/2019/TT-BTC?", "Thông tư số 28/2019/TT-BTC của Bộ trưởng Bộ Tài chính.", False),
        ("Ai ký Thông tư 28/2019/TT-BTC?", "Đồng chí Lê Văn Tám ký Thông tư số 28/2019/TT-BTC.", True),
        ("Lễ hội được tổ chức ở đâu?", "Lễ hội sẽ được thông báo sau.", False),
        ("Lễ hội được tổ chức ở đâu?", "Lễ hội được tổ chức tại sân vận động.", True),
        ("Lễ hội được tổ chức ở đâu?", "Lễ hội được tổ chức vào sáng nay, sân Tân Hà.", True),
        ("Ai là Phó Chủ tịch?", "Phó Chủ tịch thăm TP. Hồ Chí Minh, phường Trần Phú.", False),
        ("Mức lương hưu là bao nhiêu?", "Mức lương hưu theo khoản 2 Điều 4.", False),
        ("Mức lương hưu là bao nhiêu?", "Mức lương hưu theo khoản 2 Điều 4 tăng 15%.", True),
        ("Thay thế thông tư nào?", "Căn cứ Nghị định số 89/2022/NĐ-CP.", False),
        ("Thay thế thông tư nào?", "Thay thế Thông tư số 12/2017/TT-BLĐTBXH.", True),
        ("Căn cứ văn bản nào?", "Căn cứ Nghị định số 89/2022/NĐ-CP.", True),
        ("Có bao nhiêu xã?", "Có 4 thôn.", False),
        ("Có bao nhiêu xã?", "Các xã đều vui.", False),
        ("Trong 4 xã có bao nhiêu xã đạt?", "Trong 4 xã có xã đạt.", False),  # its own figure
        ("Chi bao nhiêu tiền?", "Chi 600 triệu đồng.", True),
        ("Chi bao nhiêu tiền?", "Chi cho 600 người.", False),
        ("Chi bao nhiêu tiền?", "Chi hai trăm triệu.", True),
        ("Chi bao nhiêu tiền?", "Chi đạt 99% tỷ lệ.", False),  # a share
        ("Chi bao nhiêu tiền?", "Có 12 đồng chí chi.", False),
        ("Hội nghị hết bao nhiêu kinh phí?", "Hội nghị kéo dài 2 ngày.", False),
        ("Kinh phí hội nghị là bao nhiêu?", "Hội nghị chi 12 triệu đồng.", True),
        ("Dân số huyện là bao nhiêu người?", "Huyện có 4.675 người tham gia.", False),
        ("Dân số huyện là bao nhiêu người?", "Dân số huyện là 4.675 người.", True),
        ("Mất bao lâu?", "Mất 15 ngày.", True),
        ("Tiêm cho bao nhiêu cháu?", "Tiêm cho 2.860 trẻ.", True),
        ("Tiêm cho bao nhiêu cháu?", "Tiêm tại 8 trạm.", False),
        ("Làm tạm trú thì ra quầy số mấy?", "Quầy số 4: cư trú.", True),
        ("Làm tạm trú thì ra quầy số mấy?", "Tạm trú: 3 ngày.", False),
        ("Cháy thì gọi Hạt Kiểm lâm số nào?", "Trực cháy: 0260.3855.402.", True),
        ("Cháy thì gọi Hạt Kiểm lâm số nào?", "Khi cháy gọi Hạt Kiểm lâm.", False),
        ("Máy tính lấy từ nguồn nào?", "Có 120 máy do tỉnh cấp.", True),
        ("Dịch có ở xã nào?", "Dịch có ở thôn Đại Hòa, xã Vĩnh Lương.", True),  # no half of a word before a name
        ("Hợp tác xã nào yếu?", "Hai HTX yếu là HTX Cồn Sẻ và HTX Hải Thịnh.", True),
        ("Hợp tác xã nào yếu?", "Hai xã yếu là xã Cồn Sẻ và xã Hải Thịnh.", False),
        ("Nuôi lại phải chờ bao lâu mới được?", "Nuôi lại khi đủ 30 ngày.", True),
        ("Mất bao nhiêu khối gỗ?", "Thiệt hại 41,6 m3.", True),
        ("Mất bao nhiêu khối gỗ?", "Thiệt hại 23 cây.", False),
        ("Thiếu bao nhiêu GV?", "Thiếu 31 giáo viên.", True),
        ("Thiếu bao nhiêu GV?", "Thiếu 31 phòng.", False),
        ("Báo cáo lúc mấy giờ?", "Báo cáo trước 15 giờ hằng ngày.", True),
        ("Thay thế công văn nào?", "Thay thế Công văn số 388/UBND-NN.", True),
        ("Thay thế công văn nào?", "Thay thế Nghị quyết số 38/NQ-HĐND.", False),
        ("Kế hoạch của huyện theo nghị định nào?", "Theo Nghị định số 15/2018/NĐ-CP của Chính phủ.", True),
        ("Theo chỉ thị nào của huyện?", "Theo Chỉ thị số 15/CT-TTg của Chính phủ.", False),
        ("Đạt bao nhiêu phần trăm?", "Đạt 80,73%.", True),
        ("Đạt bao nhiêu phần trăm?", "Đạt tám mươi phần trăm.", True),
        ("Đạt bao nhiêu phần trăm?", "Đạt 80 điểm.", False),
        ("Họp khi nào?", "Họp ngày 05/7/2019.", True),
        ("Họp khi nào?", "Họp ở xã.", False),
        ("Theo văn bản nào?", "Theo Nghị quyết số 12-NQ/HU.", True),
        ("Theo văn bản nào?", "Theo nghị quyết.", False),
        ("Xã nào vắng họp?", "Vắng họp: bí thư các xã, thị trấn.", False),
        ("Xã nào vắng họp?", "Vắng họp: xã Tân Hà.", True),
        ("Xã nào vắng họp?", "Vắng họp 2 xã (Tân Hà, Tân Lập).", True),
        ("Còn bao nhiêu thôn chưa có điện?", "Số thôn chưa có điện còn 4%.", False),
        ("Vì sao đường hỏng?", "Đường hỏng do mưa lũ.", True),
        ("Vì sao đường hỏng?", "Đường hỏng nhiều.", False),
        ("Người chủ trì là ai?", "Đồng chí Vũ Đình Minh chủ trì.", True),
        ("Người chủ trì là ai?", "Lãnh đạo huyện chủ trì.", False),
        ("Họp ở hội trường nào?", "Họp ở hội trường lớn.", True),
        ("Họp ở hội trường nào?", "Họp ở xã.", False),
        ("Họp ở hội trường nào?", "Họp với hội trưởng.", False),
        ("Người phát biểu là ai?", "Bí thư và trưởng phòng phát biểu.", True),
        ("Chủ tịch xã là ai?", "Chủ tịch xã phát biểu.", False),  # a post that is asked about is no answer
        ("Ai của Phòng Kinh tế đi cắm mốc?", "Phòng Kinh tế cử người đi cắm mốc.", False),
        ("Ai của Phòng Kinh tế đi cắm mốc?", "Ông Lê Văn Hùng, Phòng Kinh tế đi cắm mốc.", True),
        ("Ai ghi biên bản buổi họp?", "Tại buổi họp, hai bên không thống nhất.", False),
        ("Đơn giá đền bù chè, quế là bao nhiêu một cây?", "Đền bù chè, quế cho 17 hộ.", False),
        ("Xã xếp thứ mấy?", "Xã đạt 80 điểm.", False),
        ("Xã xếp thứ mấy?", "Xã xếp thứ 6 của huyện.", True),
        ("Xã xếp thứ mấy?", "Xã đứng vị trí 6/10.", True),
        ("Có bao nhiêu bài phúc khảo?", "Lệ phí phúc khảo 150.000 đồng/bài.", False),
        ("Có bao nhiêu bài phúc khảo?", "Có 12 bài phúc khảo/năm.", True),
        ("Lương của công nhân là bao nhiêu?", "Công ty có 500 công nhân.", False),
        ("Lương của công nhân là bao nhiêu?", "Lương của công nhân: 8 triệu đồng.", True),
        ("Đơn giá đền bù chè là bao nhiêu một cây?", "Đền bù chè cho 17 hộ.", False),
        ("Phụ cấp được tính từ mấy tuổi?", "Phụ cấp được tính từ 18 tuổi.", True),
        ("Số điện thoại của xã là gì?", "Xã ở số 12.", False),
        ("Số điện thoại của xã là gì?", "Xã: 0263 3847 123.", True),
        ("Email của xã là gì?", "Xã: donduong@lamdong.gov.vn.", True),
        ("Email của xã là gì?", "Xã: 0263 3847 123.", False),
        ("Cơ quan nào họp?", "Phòng Nội vụ họp.", True),  # too general a noun to be said
        ("Xã làm gì?", "Xã trồng hoa.", True),
    ],
)
def test_by_kind(question: str, unit: str, offered: bool) -> None:
    assert offers(asked(question), whole(unit)) is offered


def test_the_number_asked_about_is_no_answer_for_which_number() -> None:
    query = asked("Nghị quyết số 12-NQ/HU căn cứ chỉ thị nào?")
    assert not offers(query, whole("Nghị quyết số 12-NQ/HU nêu rõ."))
    assert offers(query, whole("Nghị quyết số 12-NQ/HU căn cứ Chỉ thị số 24-CT/TU."))


def test_a_cause_may_stand_before_in_the_paragraph() -> None:
    unit = part("Do mưa lũ kéo dài. Đường hỏng nhiều.", "Đường hỏng nhiều.")
    assert offers(asked("Vì sao đường hỏng?"), unit, before=unit.span.start)
    assert not offers(asked("Vì sao đường hỏng?"), unit)


def test_the_day_of_a_cited_document_stands_behind_its_number() -> None:
    query = asked("Nghị quyết 09-NQ/HU ban hành hôm nào?")
    assert offers(query, whole("theo Nghị quyết số 09-NQ/HU ngày 10/12/2018 của Huyện ủy"))
    assert offers(query, whole("theo Nghị quyết số 09-NQ/HU, ngày 10/12/2018 của Huyện ủy"))
    assert not offers(query, whole("thực hiện Nghị quyết số 09-NQ/HU về phát triển kinh tế năm 2019"))


def test_what_is_counted_may_be_abbreviated() -> None:
    query = asked("Đồng chí Minh làm trưởng mấy ban chỉ đạo?")
    assert offers(query, whole("đồng chí Minh, Trưởng 2 BCĐ"))
    assert not offers(query, whole("đồng chí Minh, Trưởng 2 thôn"))


def test_a_holder_of_a_post_is_named() -> None:
    query = asked("Trưởng phòng Nội vụ huyện tên là gì?")
    assert offers(query, whole("đồng chí Trần Quốc Lập, Trưởng phòng Nội vụ"))
    assert not offers(query, whole("Phối hợp với Phòng Nội vụ kiểm tra."))


def test_days_of_the_week_are_days() -> None:
    assert offers(asked("Dọn vệ sinh vào những ngày nào?"), whole("duy trì ngày thứ bảy, chủ nhật xanh"))


def test_a_noun_is_no_half_of_another_word() -> None:
    query = asked("Họp tại trường nào?")
    assert offers(query, whole("Họp tại trường Hoa Sen."))
    assert not offers(query, whole("Họp bàn về môi trường."))


@pytest.mark.parametrize(
    ("understood", "typed", "unit", "offered"),
    [
        ("Thăm chức sắc đảo nào?", "tham chuc sac dao nao", "Thăm chức sắc đạo Tin lành.", True),  # restored wrongly
        ("Thăm chức sắc đảo nào?", "Thăm chức sắc đảo nào?", "Thăm chức sắc đạo Tin lành.", False),
        ("Họp tại trường nào?", "hop tai truong nao", "Đồng chí Trương Văn Bình chủ trì cuộc họp.", False),  # a name
        ("Họp tại trường nào?", "hop tai truong nao", "Họp tại Trường Hoa Sen.", True),
    ],
)
def test_accents_that_nobody_typed_hold_nothing(understood: str, typed: str, unit: str, offered: bool) -> None:
    assert offers(query_of(typed, understood), whole(unit)) == offered


def test_a_heading_may_name_what_a_unit_offers() -> None:
    seeds = asked("Trồng giống nào?")
    assert offers(seeds, whole("Dùng VN20, TBR225."), section="II. LỊCH › 2. Cơ cấu giống")
    assert not offers(seeds, whole("Dùng VN20, TBR225."), section="II. GIỐNG › 2. Lịch gieo")
    assert offers(seeds, part("Các giống chủ lực:\n- VN20;\n- TBR225.", "VN20;"))
    aim = asked("Kế hoạch thu quỹ nhằm mục đích gì?")
    assert offers(aim, whole("Huy động nguồn lực xã hội."), section="I. Mục đích, yêu cầu")
    assert not offers(aim, whole("Huy động nguồn lực xã hội."), section="II. Nội dung")


def test_a_cause_may_be_pointed_at_by_the_sentence_behind() -> None:
    why = asked("Vì sao năng suất giảm?")
    told = "Mưa lớn làm lúa đổ. Đây là nguyên nhân chính. Giá cũng giảm."
    assert offers(why, part(told, "Mưa lớn làm lúa đổ."))
    assert not offers(why, part(told, "Giá cũng giảm."))


def test_the_number_of_a_row_counts_nothing() -> None:
    query = asked("Xã đạt mấy tiêu chí?")
    assert not offers(query, whole("Tiêu chí: 6 | Nội dung: Nhà văn hóa | Đánh giá: Đạt"))
    assert offers(query, whole("Tiêu chí đã đạt: 6."))
