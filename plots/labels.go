package plots

import (
	"cmp"
	"math"
	"slices"
)

// endLabel is the label of a line's end: what stands there, and where the
// line ends.
type endLabel struct {
	at    point
	look  look
	lines []string // the first is bold
}

const (
	labelLead = 9.5  // between the lines of one label
	labelGap  = 3.0  // between labels
	labelIn   = 15.0 // from the line's end to the text: sign and leader
)

// formLabel is the form's name and below it the value, of a line whose end is
// not yet known.
func formLabel(f Form, value string) endLabel {
	return endLabel{at: nowhere(), look: f.look(), lines: []string{fit(f.name(), 90, sizeLabel, true), value}}
}

// labelRoom is the width to reserve at the right of a data area.
func labelRoom(ls []endLabel) (w float64) {
	for _, l := range ls {
		for i, s := range l.lines {
			w = max(w, textWidth(s, sizeLabel, i == 0))
		}
	}
	return w + labelIn + 1
}

// endLabels writes the labels beside x, each as near to its line's end as the
// others allow, within lo..hi; where one had to move, thin leaders join all.
func (p pen) endLabels(x, lo, hi float64, ls []endLabel) {
	show, places := placed(ls, lo, hi)
	moved := false
	for i, l := range show {
		moved = moved || math.Abs(places[i]-l.at.y) > 3
	}
	tx := x + labelIn
	for i, l := range show {
		c := places[i]
		if moved {
			p.line(stroke{col: l.look.fill, width: 0.6}, l.at, point{l.at.x + 6, l.at.y}, point{tx - 4, c}, point{tx - 1, c})
		}
		p.marker(l.at, l.look.mark, 3, l.look.fill)
		y := mid(c+labelLead*float64(len(l.lines)-1)/2, sizeLabel)
		for k, s := range l.lines {
			p.text(tx, y-labelLead*float64(k), s, letters{size: sizeLabel, bold: k == 0, col: l.look.ink})
		}
	}
}

// bunched says whether the lines end so close together that labels could not
// tell which is which.
func bunched(ls []endLabel) bool {
	var seen span
	for _, l := range ls {
		seen.add(l.at.y)
	}
	return len(ls) > 1 && seen.any && seen.hi-seen.lo < 4*float64(len(ls)-1)
}

// sideLabels writes labels for lines that end elsewhere than beside x: each
// at its line's height with the line's sign before it, without leaders.
func (p pen) sideLabels(x, lo, hi float64, ls []endLabel) {
	for _, l := range ls {
		p.marker(l.at, l.look.mark, 3, l.look.fill)
	}
	show, places := placed(ls, lo, hi)
	for i := range show {
		show[i].at = point{x + labelIn - 6, places[i]}
	}
	p.endLabels(x, lo, hi, show)
}

// placed are the labels of lines that end somewhere, from the lowest up, and
// the heights at which they go: apart, and within lo..hi.
func placed(ls []endLabel, lo, hi float64) (show []endLabel, places []float64) {
	for _, l := range ls {
		if l.at.ok() {
			show = append(show, l)
		}
	}
	slices.SortStableFunc(show, func(a, b endLabel) int { return cmp.Compare(a.at.y, b.at.y) })
	want := mapped(show, func(l endLabel) float64 { return l.at.y })
	size := mapped(show, func(l endLabel) float64 { return labelLead*float64(len(l.lines)) + labelGap })
	return show, spread(want, size, lo, hi)
}

// spread places boxes of the given sizes along a line so that they do not
// touch, keep their order (want ascends), stay within lo..hi where they fit,
// and lie as near to where they want as that allows. It returns the centres.
func spread(want, size []float64, lo, hi float64) []float64 {
	type block struct {
		start, size, sum float64
		n                int
	} // sum: of wanted starts
	var bs []block
	place := func(b *block) {
		b.start = b.sum / float64(b.n)
		b.start = max(lo, min(b.start, hi-b.size))
	}
	for i := range want {
		b := block{size: size[i], sum: want[i] - size[i]/2, n: 1}
		place(&b)
		for len(bs) > 0 && bs[len(bs)-1].start+bs[len(bs)-1].size > b.start {
			a := bs[len(bs)-1]
			bs = bs[:len(bs)-1]
			// b's boxes start a.size further along the joined block.
			b = block{size: a.size + b.size, sum: a.sum + b.sum - a.size*float64(b.n), n: a.n + b.n}
			place(&b)
		}
		bs = append(bs, b)
	}
	out := make([]float64, 0, len(want))
	for _, b := range bs {
		at := b.start
		for range b.n {
			s := size[len(out)]
			out = append(out, at+s/2)
			at += s
		}
	}
	return out
}
