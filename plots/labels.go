package plots

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// endLabel is the label of a line's end: what stands there, and where the
// line ends.
type endLabel struct {
	at    point
	look  look
	name  []string // in bold, as many lines as it takes
	value string   // below it; "" is none
}

// lines are those of the label.
func (l endLabel) lines() int {
	if l.value == "" {
		return len(l.name)
	}
	return len(l.name) + 1
}

// inText is the label in one line.
func (l endLabel) inText() string { return joined(strings.Join(l.name, " "), ": ", l.value) }

const (
	labelLead = 9.5  // between the lines of one label
	labelGap  = 3.0  // between labels
	labelIn   = 15.0 // from the line's end to the text: sign and leader
	labelWide = 96.0 // the greatest width of a name; a longer one has more lines
)

// formLabel is the form's name and below it the value, of a line whose end is
// not yet known.
func formLabel(f Form, value string) endLabel {
	return endLabel{at: nowhere(), look: f.look(), name: evenly(f.name(), labelWide, sizeLabel, true), value: value}
}

// labelRoom is the width to reserve at the right of a data area.
func labelRoom(ls []endLabel) (w float64) {
	for _, l := range ls {
		w = max(w, textWidth(l.value, sizeLabel, false))
		for _, s := range l.name {
			w = max(w, textWidth(s, sizeLabel, true))
		}
	}
	return w + labelIn + 1
}

// labelKey are the labels as a legend, for figures that have no room beside
// the lines.
func labelKey(ls []endLabel) []keyItem {
	return mapped(ls, func(l endLabel) keyItem {
		return keyItem{label: l.inText(), sign: func(p pen, r rect) {
			p.line(stroke{col: l.look.fill, width: widthData, dash: l.look.dash}, point{r.x0, r.my()}, point{r.x1, r.my()})
			p.marker(point{r.mx(), r.my()}, l.look.mark, 2.6, l.look.fill)
		}}
	})
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
		p.hoverAt(l.at, l.inText())
		y := mid(c+labelLead*float64(l.lines()-1)/2, sizeLabel)
		for _, s := range l.name {
			p.text(tx, y, s, letters{size: sizeLabel, bold: true, col: l.look.ink})
			y -= labelLead
		}
		p.text(tx, y, l.value, letters{size: sizeLabel, col: l.look.ink})
	}
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
	size := mapped(show, func(l endLabel) float64 { return labelLead*float64(l.lines()) + labelGap })
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
