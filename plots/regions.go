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
		name := fit(in.name(kind), g.r.w()-20, sizeLabel, true)
		w, h := textWidth(name, sizeLabel, true)+18, sizeLabel+5
		plate, ok := placePlate(g.r, w, h, region, plates, cell)
		if !ok {
			continue
		}
		c := kind.look()
		g.rect(white.alpha(235), plate)
		g.marker(point{plate.x0 + 8, plate.my()}, c.mark, 3, c.fill)
		g.text(plate.x0+15, mid(plate.my(), sizeLabel), name, letters{size: sizeLabel, bold: true, col: c.ink})
		plates = append(plates, plate)
	}
	return plates
}

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

// placePlate finds the place for a plate of size w × h that covers most of
// its region and least else, near the region's middle, clear of the others.
func placePlate(in rect, w, h float64, region []at, taken []rect, cell func(i, k int) rect) (rect, bool) {
	var mx, my float64
	for _, c := range region {
		r := cell(c.i, c.k)
		mx, my = mx+r.mx()/float64(len(region)), my+r.my()/float64(len(region))
	}
	best, found, score := rect{}, false, math.Inf(-1)
	for _, c := range region {
		r := cell(c.i, c.k)
		for _, q := range []point{{r.mx(), r.my()}, {r.x1, r.my()}, {r.mx(), r.y1}, {r.x1, r.y1}} {
			x := max(in.x0+2, min(q.x-w/2, in.x1-2-w))
			y := max(in.y0+2, min(q.y-h/2, in.y1-2-h))
			p := rect{x, y, x + w, y + h}
			if overlapsAny(p, taken) {
				continue
			}
			own := 0.0
			for _, o := range region {
				own += overlapArea(p, cell(o.i, o.k))
			}
			s := own/(w*h) - 0.3*math.Hypot(p.mx()-mx, p.my()-my)/in.w()
			if s > score {
				best, found, score = p, true, s
			}
		}
	}
	return best, found
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
