package plots

import (
	"fmt"
	"math"
	"os"

	"epgsim/sim/analysis"
)

// Synthetic inputs of the figures of a comparison.

// manyForms are n variants, with names as a comparison of parameters has them.
func manyForms(n int) (fs []Form) {
	for i := range n {
		fs = append(fs, Form{fmt.Sprintf("Assistant, %d hours a week", 4*(i+1)), VariantOf(i, n)})
	}
	return fs
}

// formsOf are n variants: the pure forms, these with the own mix, or many.
func formsOf(n int) []Form {
	if n <= 4 {
		return testForms4()[:n]
	}
	return manyForms(n)
}

// somewhat is an interval that reaches share s to both sides.
func somewhat(v, s float64) analysis.Interval {
	return analysis.Interval{Estimate: v, Low: v * (1 - s), High: v * (1 + s), N: 200}
}

// shaped is the shape of the i-th of several variants: all a little apart.
func shaped(f Form, i int) shape {
	s := shapeOf(f.Kind)
	return shape{s.total * (1 + 0.04*float64(i)), s.mid + 0.05*float64(i), s.steep}
}

var testYears = []float64{1, 2, 3, 5, 8}

func testHeadline(forms []Form, own float64) HeadlineInput {
	in := HeadlineInput{Years: testYears, HorizonYears: 10, OwnYears: own}
	for i, f := range forms {
		s := shaped(f, i)
		hf := HeadlineForm{Form: f}
		all := growth(s.total, s.mid, s.steep, 10)
		for _, y := range in.Years {
			seen := growth(s.total, s.mid, s.steep, y) / all
			lost := (1 - seen) * math.Exp(-0.12*y) * (0.6 + 0.1*float64(i%3))
			hf.Lost, hf.Seen = append(hf.Lost, somewhat(lost, 0.08)), append(hf.Seen, somewhat(seen, 0.1))
		}
		in.Forms = append(in.Forms, hf)
	}
	return in
}

func testSales(forms []Form, own float64) SalesInput {
	in := SalesInput{Years: weeks(10 * 52), Ends: testYears, Own: own}
	for i, f := range forms {
		s := shaped(f, i)
		in.Forms = append(in.Forms, FormBand{f, band(10*52, 0.45, func(y float64) float64 { return growth(s.total, s.mid, s.steep, y) })})
	}
	return in
}

func testPeriods(forms []Form) ByPeriodInput {
	in := ByPeriodInput{Years: testYears, HorizonYears: 10}
	for i, f := range forms {
		s := shaped(f, i)
		pf := ByPeriodForm{Form: f}
		for _, y := range in.Years {
			pf.Values = append(pf.Values, somewhat(growth(s.total, s.mid, s.steep, y+1.2*y/3), 0.08))
		}
		in.Forms = append(in.Forms, pf)
	}
	return in
}

func testPerEuro(forms []Form) ByPeriodInput {
	in := ByPeriodInput{Years: testYears, HorizonYears: 10}
	for i, f := range forms {
		s := shaped(f, i)
		pf := ByPeriodForm{Form: f}
		for _, y := range in.Years {
			v := (growth(s.total, s.mid, s.steep, y+1.4) - 60) / (90*y + 60)
			pf.Values = append(pf.Values, analysis.Interval{Estimate: v, Low: v - 0.22, High: v + 0.22, N: 200})
		}
		in.Forms = append(in.Forms, pf)
	}
	return in
}

// firstDeal is the share of groups with at least so many deals.
func firstDeal(s shape, deals int) analysis.Band {
	return band(8*52, 0.0, func(y float64) float64 {
		return 1 / (1 + math.Exp(-3*(y-0.45*s.mid-0.5*float64(deals)))) * (1 - 0.02*float64(deals))
	})
}

func testStages(forms []Form) StagesInput {
	in := StagesInput{}
	rows := [][3]float64{{24, 0, 22}, {27, 0, 29}, {31, 36, 34}, {27, 3, 26}}
	for i, f := range forms {
		r := rows[f.Kind%4]
		in.Forms = append(in.Forms, StagesForm{Form: f, Trust: somewhat(r[0]+float64(i), 0.1), Offer: somewhat(r[1], 0.1), Negotiation: somewhat(r[2], 0.1)})
	}
	return in
}

func testDeals(forms []Form) DealsInput {
	in := DealsInput{ProjectYears: 3}
	for i, f := range forms {
		df := DealsForm{Form: f}
		for k := range 3 {
			b := firstDeal(shaped(f, i), k+1)
			for t, v := range b.Mean {
				half := 0.14 * math.Sqrt(v*(1-v))
				b.Low[t], b.High[t] = v-half, v+half
			}
			df.AtLeast = append(df.AtLeast, b)
		}
		in.Forms = append(in.Forms, df)
	}
	return in
}

// compared is every figure of a comparison with 1 to 12 variants.
func compared() map[string]builder {
	out := map[string]builder{}
	ns := []int{1, 3, 8, 12}
	if os.Getenv("EPGSIM_LONG") != "" {
		ns = append(ns, 2, 4, 5)
	}
	for _, n := range ns {
		fs := formsOf(n)
		out[fmt.Sprint("headline ", n)] = of(Headline, testHeadline(fs, 3))
		out[fmt.Sprint("sales ", n)] = of(SalesOverTime, testSales(fs, 3))
		out[fmt.Sprint("periods ", n)] = of(PeriodsByForm, testPeriods(fs))
		out[fmt.Sprint("per euro ", n)] = of(PerEuro, testPerEuro(fs))
		out[fmt.Sprint("stages ", n)] = of(Stages, testStages(fs))
		out[fmt.Sprint("deals ", n)] = of(DealsOverTime, testDeals(fs))
	}
	return out
}

// poorComparison is every figure of a comparison made from v.
func poorComparison(v func(i int) float64) map[string]builder {
	share := func(i int) float64 { return v(i) / 600 }
	one := analysis.Interval{Estimate: v(5), Low: math.NaN(), High: math.NaN(), N: 1}
	part := analysis.Interval{Estimate: share(5), Low: math.NaN(), High: math.NaN(), N: 1}
	h, sa, p, e, st, d := testHeadline(testForms, 3), testSales(testForms, 3), testPeriods(testForms), testPerEuro(testForms), testStages(testForms), testDeals(testForms)
	for i := range testForms {
		for k := range testYears {
			h.Forms[i].Lost[k], h.Forms[i].Seen[k] = part, part
			p.Forms[i].Values[k], e.Forms[i].Values[k] = one, one
		}
		sa.Forms[i].Band = blank(sa.Forms[i].Band, v)
		st.Forms[i].Trust, st.Forms[i].Offer, st.Forms[i].Negotiation = one, one, one
		for k := range d.Forms[i].AtLeast {
			d.Forms[i].AtLeast[k] = blank(d.Forms[i].AtLeast[k], share)
		}
	}
	return map[string]builder{
		"headline": of(Headline, h),
		"sales":    of(SalesOverTime, sa),
		"periods":  of(PeriodsByForm, p),
		"per euro": of(PerEuro, e),
		"stages":   of(Stages, st),
		"deals":    of(DealsOverTime, d),
	}
}
