/**
 * What a valid resource may say that this version of the mesh does not do yet. Each line here is
 * deleted by the change that brings the feature. Pure; called by the codec after validation.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.model.support;
