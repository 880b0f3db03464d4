package plots

import (
	"fmt"
	"math"
	"strings"
)

// each is one of what is compared.
func (in HeadlineInput) each() string {
	switch {
	case len(in.Forms) == 1:
		return "it"
	case clean(in.By) == "":
		return "each form"
	}
	return "each variant"
}

// caption says how little the project's end sees, who leads, and where the
// order turns over.
func (in HeadlineInput) caption() string {
	n := len(in.Years) - 1
	k := 0 // the grid's last point inside the project
	for i, y := range in.Years {
		if y <= in.ProjectYears+1e-9 {
			k = i
		}
	}
	var closed, now, later []stand
	for _, f := range in.Forms {
		closed = append(closed, stand{f.Form, f.Closed})
		now = append(now, stand{f.Form, at(f.Value, k)})
		later = append(later, stand{f.Form, at(f.Value, n)})
	}
	end := lead(now, "has sold", "have sold", in.money)
	if end != "" {
		end = "after " + years(in.ProjectYears) + " " + end
	}
	if !in.more() {
		return sentences(end)
	}
	share := fmt.Sprintf("when the project ends after %s, this much of what %s of it would bring is sold: %s",
		years(in.ProjectYears), years(in.horizon()), valuesOf(closed, pct))
	if len(ranking(closed)) == 0 {
		share = ""
	}
	if l := lead(later, "has sold", "have sold", in.money); l != "" {
		end += "; by year " + sig(in.horizon()) + " " + l
	}
	return sentences(share, strings.TrimPrefix(end, "; "), in.turns(now, later))
}

// turns says which forms pass others between the project's end and the
// horizon, and about when: only where the intervals leave no doubt at both.
func (in HeadlineInput) turns(now, later []stand) string {
	var parts []string
	for a := range in.Forms {
		var names []string
		year := 0.0
		for b := range in.Forms {
			if ahead(now[b].v, now[a].v) && ahead(later[a].v, later[b].v) {
				names, year = append(names, in.Forms[b].Form.inText()), max(year, in.passed(a, b))
			}
		}
		if len(names) > 0 {
			parts = append(parts, fmt.Sprintf("%s passes %s by year %s", in.Forms[a].Form.inText(), list(names), num(math.Ceil(year), 0)))
		}
	}
	return strings.Join(parts, "; ")
}

// passed is the year from which form a stays above form b.
func (in HeadlineInput) passed(a, b int) float64 {
	k := len(in.Years) - 1
	for k > 0 && in.Forms[a].Value.Mean[k-1] > in.Forms[b].Value.Mean[k-1] {
		k--
	}
	return in.Years[k]
}
