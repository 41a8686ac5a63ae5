"""Words that lead from one thing said to the next and say nothing themselves: "cụ thể", "tổng cộng", "trong đó"."""

from __future__ import annotations

from corpus.text import same_tones

LINKING = frozenset(
    same_tones(word)
    for word in (
        "tổng cộng số lượng mức cụ thể bao gồm tức như sau trên này đó đây nêu theo thuộc địa bàn đối với"
        " việc về nhằm để được đã hiện nay vào lúc đạt là có cùng cũng đều cả và còn riêng trong ngoài lần"
        " lượt tương ứng thực tiến hành diễn ra cho biết rằng thì mà tại ở của các những một gồm khoảng kỳ"
        " thời gian tên gọi người ông bà đồng chí gì nào khi từ đến bởi do dự tham mỗi hằng hàng"
        " thảy tiền tỷ lệ hết"
    ).split()
)
