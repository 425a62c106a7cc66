using Backprop.Facade;
using Backprop.Facade.Binding;
using Backprop.Verify;

namespace Backprop.PropertyTests.Facade.Binding;

/// <summary>A form that is not understood gets a sentence that names the class and the parameter, and says what to write.</summary>
public class BadFormsTests
{
    private static readonly Dictionary<Type, string> Sentences = new()
    {
        [typeof(BadForms.WithoutForward)] = "BadForms.WithoutForward has no method Forward; a [HandGradient] needs static methods Forward and Backward.",
        [typeof(BadForms.WithInstanceMethods)] = "BadForms.WithInstanceMethods.Forward is not static; expected static methods Forward and Backward.",
        [typeof(BadForms.WithAValue)] = "BadForms.WithAValue.Forward is a value, not a method; write its parameters before the = sign.",
        [typeof(BadForms.WithTwoForwards)] = "BadForms.WithTwoForwards has 2 methods Forward; expected one, since it is not known which is meant.",
        [typeof(BadForms.Generic<>)] = "BadForms.Generic is generic, so its tensors cannot be drawn; mark a type without type parameters.",
        [typeof(BadForms.WithGenericForward)] = "BadForms.WithGenericForward.Forward is generic; expected a method over tensors (in F#, annotate its parameters, as in (x: Tensor)).",
        [typeof(BadForms.WithoutShape)] = "BadForms.WithoutShape.Forward: parameter w is a Tensor without a shape; write [Shape(\"N\", \"D\")] before it, with a letter or a number for each of its dimensions ([Labels(…)] or [Indices(…)] for whole numbers).",
        [typeof(BadForms.WithoutDefault)] = "BadForms.WithoutDefault.Forward: parameter lambda is double without a default, so its value is not known; give it one, e.g. double lambda = 1 (in F#, ?lambda or [<Optional; DefaultParameterValue(…)>]).",
        [typeof(BadForms.WithAnArray)] = "BadForms.WithAnArray.Forward: parameter x is Tensor[]: how many tensors it has is not known; write a parameter for each of them.",
        [typeof(BadForms.WithoutTensors)] = "BadForms.WithoutTensors.Forward takes no tensor, so there is nothing to differentiate by.",
        [typeof(BadForms.ByReference)] = "BadForms.ByReference.Forward: parameter x is a reference; expected a Tensor or a constant, by value.",
        [typeof(BadForms.WithANumber)] = "BadForms.WithANumber.Forward returns double; expected a Tensor, an array, list, tuple or record of them, or a record or tuple with the output first and what Backward needs second.",
        [typeof(BadForms.WithNumbersForGradients)] = "BadForms.WithNumbersForGradients.Backward returns double[]; expected a Tensor for each differentiable parameter: one Tensor, or an array, list, tuple or record of them.",
        [typeof(BadForms.WithTooFew)] = "BadForms.WithTooFew.Backward has too few parameters: none is named b as in Forward; expected Backward(Tensor dy, Tensor x, Tensor w, Tensor b).",
        [typeof(BadForms.WithTooMany)] = "BadForms.WithTooMany.Backward has too many parameters: Forward has no y; expected Backward(Tensor dy, Tensor x).",
        [typeof(BadForms.WithoutCotangent)] = "BadForms.WithoutCotangent.Backward has no parameter for the cotangent dy, the gradient of its output; expected Backward(Tensor dy, Tensor x, Tensor w).",
        [typeof(BadForms.WithCotangentLast)] = "BadForms.WithCotangentLast.Backward has x where the cotangent belongs, which comes first; expected Backward(Tensor dy, Tensor x).",
        [typeof(BadForms.InAnotherOrder)] = "BadForms.InAnotherOrder.Backward takes w, x where Forward takes x, w: parameters are matched by position, so w would be given x; put them in Forward's order.",
        [typeof(BadForms.OfAnotherType)] = "BadForms.OfAnotherType.Backward: parameter lambda is float, but Forward's lambda is double; expected Backward(Tensor dy, Tensor x, double lambda).",
        [typeof(BadForms.WithAnotherSaved)] = "BadForms.WithAnotherSaved.Backward: parameter saved is string, but Forward's x is Tensor; expected Backward(Tensor dy, Tensor x). (Or, with what Forward saves, Backward(Tensor dy, Kept saved).)",
        [typeof(BadForms.WithNegativeSize)] = "BadForms.WithNegativeSize.Forward: parameter x: -3 in [Shape] is no size; expected a letter such as \"N\", a number from 0, or a product such as \"4*H\".",
        [typeof(BadForms.WithASumForASize)] = "BadForms.WithASumForASize.Forward: parameter x: \"N+1\" in [Shape] is no size; expected a letter such as \"N\", a number from 0, or a product such as \"4*H\".",
        [typeof(BadForms.OfTwoKinds)] = "BadForms.OfTwoKinds.Forward: parameter x has both [Positive] and [UnitNorm]; it can be only one of them.",
        [typeof(BadForms.PositiveWithoutShape)] = "BadForms.PositiveWithoutShape.Forward: parameter x: [Positive] has no shape; write [Shape(…)] beside it.",
        [typeof(BadForms.WithTwoShapes)] = "BadForms.WithTwoShapes.Forward: parameter x has a shape twice, in [Shape] and in [Positive]; take one of them away.",
        [typeof(BadForms.WithUnboundedLabels)] = "BadForms.WithUnboundedLabels.Forward: parameter y: [Labels] needs a bound as its last argument, e.g. [Labels(\"N\", \"C\")] for N numbers below C.",
        [typeof(BadForms.WithAnEmptyRange)] = "BadForms.WithAnEmptyRange.Forward: parameter x: [Range(1, 0)] is empty; the first number must be less than the second, both finite.",
        [typeof(BadForms.WithOneHotOfNothing)] = "BadForms.WithOneHotOfNothing.Forward: parameter x: [OneHot] is about the last dimension, but a 0-dimensional tensor has none.",
        [typeof(BadForms.WithAMarkedNumber)] = "BadForms.WithAMarkedNumber.Forward: parameter lambda is double, but has an attribute for tensors; make it a Tensor, or take the attribute away.",
        [typeof(BadForms.OfAnUnknownOperation)] = "BadForms.OfAnUnknownOperation: there is no operation 'softmx'; the nearest names are softmax",
        [typeof(BadForms.WithASizeOfNothing)] = "BadForms.WithASizeOfNothing: [Size(\"M\", 2, 3)] bounds a letter that no parameter of Forward has; they have N, D.",
        [typeof(BadForms.WithAnEmptySize)] = "BadForms.WithAnEmptySize: [Size(\"N\", 3, 2)] leaves no size; expected 0 ≤ least ≤ greatest ≤ 10000.",
    };

    public static TheoryData<Type> All() => [.. Marked()];

    [Theory]
    [MemberData(nameof(All))]
    public void EachGetsItsSentence(Type form) => Assert.StartsWith(Sentences[form], Assert.Throws<FormException>(() => Specimens.Of(form)).Message);

    [Fact]
    public void OutputsAndCotangentsAreCountedWhenForwardIsCalled() =>
        Assert.Equal("BadForms.WithMoreOutputsThanCotangents.Forward gives 2 floating-point outputs, but BadForms.WithMoreOutputsThanCotangents.Backward takes 1 cotangent; expected Backward(Tensor dy1, Tensor dy2, Tensor x).",
            Assert.Throws<InvalidOperationException>(() => Specimens.Of(typeof(BadForms.WithMoreOutputsThanCotangents)).Forward([torch.zeros(2)])).Message);

    [Fact]
    public void InputsAreCounted()
    {
        var forward = (Tensor x, Tensor w) => x * w;
        var backward = (Tensor dy, Tensor x, Tensor w) => new[] { dy * w, dy * x };
        Assert.Equal("Forward: parameter w has no input: 1 is given.", Assert.Throws<FormException>(() => Specimens.Of(forward, backward, [Input.Real("x", "N")])).Message);
        Assert.Equal("Forward takes 2 tensors, but 3 inputs are given.", Assert.Throws<FormException>(() => Specimens.Of(forward, backward, [Input.Real("", "N"), Input.Real("", "N"), Input.Real("", "N")])).Message);
    }

    private static IEnumerable<Type> Marked() => typeof(BadForms).GetNestedTypes().Where(type => type.IsDefined(typeof(HandGradientAttribute), false) && type != typeof(BadForms.WithMoreOutputsThanCotangents));
}
