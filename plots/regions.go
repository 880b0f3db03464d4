package plots

import "math"

// regionLabels names each form's largest connected region on a white plate
// and returns the plates.
func (in BestFormInput) regionLabels(g panel, t BestFormTile, cell func(i, k int) rect) []rect {
	var plates []rect
	for kind := Market; kind <= Own; kind++ {
		region := largestRegion(t.Cells, kind)
		if len(region) == 0 {
			continue
		}
		// On one line, or on two where that keeps more to the region.
		name := fit(in.name(kind), g.r.w()-20, sizeLabel, true)
		lines := []string{name}
		plate, own, ok := placePlate(g.r, lines, region, plates, cell)
		if two := wrap(name, textWidth(name, sizeLabel, true)*0.7, sizeLabel, true); own < 0.9 && len(two) == 2 {
			if p, o, fits := placePlate(g.r, two, region, plates, cell); fits && (o > own || !ok) {
				plate, ok, lines = p, true, two
			}
		}
		if !ok {
			continue
		}
		c := kind.look()
		g.rect(white.alpha(235), plate)
		g.marker(point{plate.x0 + 8, plate.my()}, c.mark, 3, c.fill)
		y := mid(plate.my()+plateLead*float64(len(lines)-1)/2, sizeLabel)
		for i, s := range lines {
			g.text(plate.x0+15, y-plateLead*float64(i), s, letters{size: sizeLabel, bold: true, col: c.ink})
		}
		plates = append(plates, plate)
	}
	return plates
}

// plateLead is the distance of a plate's lines.
const plateLead = 9.5

// at is a cell of the grid: row and column.
type at struct{ i, k int }

// largestRegion is the largest set of cells won by kind that hang together
// side by side.
func largestRegion(cells [][]BestFormCell, kind FormKind) []at {
	seen := map[at]bool{}
	won := func(a at) bool {
		return a.i >= 0 && a.i < len(cells) && a.k >= 0 && a.k < len(cells[a.i]) &&
			cells[a.i][a.k].N > 0 && cells[a.i][a.k].Best == kind && !seen[a]
	}
	var best []at
	for i := range cells {
		for k := range cells[i] {
			start := at{i, k}
			if !won(start) {
				continue
			}
			seen[start] = true
			region := []at{start}
			for n := 0; n < len(region); n++ {
				c := region[n]
				for _, d := range []at{{c.i + 1, c.k}, {c.i - 1, c.k}, {c.i, c.k + 1}, {c.i, c.k - 1}} {
					if won(d) {
						seen[d] = true
						region = append(region, d)
					}
				}
			}
			if len(region) > len(best) {
				best = region
			}
		}
	}
	return best
}

// placePlate finds the place for a plate with the lines that covers most of
// its region and least else, near the region's middle, clear of the others.
// own is the share of the plate that lies on the region.
func placePlate(in rect, lines []string, region []at, taken []rect, cell func(i, k int) rect) (best rect, own float64, found bool) {
	w, h := 0.0, plateLead*float64(len(lines))+4.5
	for _, s := range lines {
		w = max(w, textWidth(s, sizeLabel, true)+18)
	}
	var mx, my float64
	for _, c := range region {
		r := cell(c.i, c.k)
		mx, my = mx+r.mx()/float64(len(region)), my+r.my()/float64(len(region))
	}
	score := math.Inf(-1)
	for _, c := range region {
		r := cell(c.i, c.k)
		for _, q := range []point{{r.mx(), r.my()}, {r.x1, r.my()}, {r.mx(), r.y1}, {r.x1, r.y1}} {
			x := max(in.x0+2, min(q.x-w/2, in.x1-2-w))
			y := max(in.y0+2, min(q.y-h/2, in.y1-2-h))
			p := rect{x, y, x + w, y + h}
			if overlapsAny(p, taken) {
				continue
			}
			area := 0.0
			for _, o := range region {
				area += overlapArea(p, cell(o.i, o.k))
			}
			s := area/(w*h) - 0.3*math.Hypot(p.mx()-mx, p.my()-my)/in.w()
			if s > score {
				best, own, found, score = p, area/(w*h), true, s
			}
		}
	}
	return best, own, found
}

func overlapsAny(r rect, others []rect) bool {
	for _, o := range others {
		if r.overlaps(o) {
			return true
		}
	}
	return false
}

func overlapArea(a, b rect) float64 {
	w, h := min(a.x1, b.x1)-max(a.x0, b.x0), min(a.y1, b.y1)-max(a.y0, b.y0)
	return max(0, w) * max(0, h)
}
