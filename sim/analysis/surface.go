package analysis

import "math"

// surface is a regression of any outcome on some inputs: a polynomial in all of
// them together, so that their interactions are in. What it can take on is the
// span of its terms; which combination of them is each outcome's own.
type surface struct {
	terms [][]float64 // terms[term][row]; the first is 1
}

// highestDegree is the total degree of the polynomial, where there are rows
// enough: a term needs rowsATerm of them.
const highestDegree, rowsATerm = 3, 10

// newSurface makes the terms of a polynomial of the inputs, each a column of
// values by row: all products of powers up to a total degree, of inputs less
// their mean over their standard deviation.
func newSurface(rows int, columns [][]float64) surface {
	var factors [][]float64
	for _, column := range columns {
		factors = append(factors, standardised(column))
	}
	degree := highestDegree
	for degree > 1 && termsUpTo(degree, len(factors))*rowsATerm > rows {
		degree--
	}
	one := onceEach(rows)
	s := surface{terms: [][]float64{one}}
	s.multiply(one, factors, degree)
	return s
}

// multiply adds all products of term with up to degree of the factors.
func (s *surface) multiply(term []float64, factors [][]float64, degree int) {
	if degree == 0 {
		return
	}
	for i, factor := range factors {
		product := make([]float64, len(term))
		for row := range product {
			product[row] = term[row] * factor[row]
		}
		s.terms = append(s.terms, product)
		s.multiply(product, factors[i:], degree-1)
	}
}

// termsUpTo is the number of products of up to degree out of so many factors.
func termsUpTo(degree, factors int) int {
	n := 1
	for d := 1; d <= degree; d++ {
		n = n * (factors + d) / d
	}
	return n
}

// directions returns an orthonormal basis of the terms over rows that count
// times[row] times each. A term that others determine (a yes/no squared, an input of
// three values cubed) adds none.
func (s surface) directions(times []float64) [][]float64 {
	var basis [][]float64
	for _, term := range s.terms {
		rest := make([]float64, len(term))
		for row, v := range term {
			rest[row] = v * math.Sqrt(times[row])
		}
		basis = orthonormal(basis, rest, dot, 1e-18*dot(rest, rest))
	}
	return basis
}

// orthonormal adds a column to an orthonormal basis under a product, by Gram and Schmidt,
// twice over, unless the square of what is left of it is no more than dust.
func orthonormal(basis [][]float64, column []float64, product func(a, b []float64) float64, dust float64) [][]float64 {
	for range 2 {
		for _, b := range basis {
			along := product(column, b)
			for k := range column {
				column[k] -= float64(along * b[k])
			}
		}
	}
	rest := product(column, column)
	if !(rest > dust) {
		return basis
	}
	for k := range column {
		column[k] /= math.Sqrt(rest)
	}
	return append(basis, column)
}

// fit writes the fitted outcome of each row into dst: y projected on the basis.
// Rows are those of y, each times the root of how often it counts.
func fit(dst, y []float64, basis [][]float64) {
	clear(dst)
	for _, b := range basis {
		along := dot(y, b)
		for row := range dst {
			dst[row] += float64(along * b[row])
		}
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

// standardised returns values less their mean, over their standard deviation;
// zeros where they do not vary.
func standardised(values []float64) []float64 {
	mean, sd := meanAndSD(values)
	z := make([]float64, len(values))
	for i, v := range values {
		if sd > 0 {
			z[i] = (v - mean) / sd
		}
	}
	return z
}
